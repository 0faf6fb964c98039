using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>AWS Lambda on the wire (<see href="https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html"/>).</summary>
internal static class LambdaService
{
    public static AwsService Service { get; } = new()
    {
        ServiceId = "Lambda",
        SigningName = "lambda",
        EndpointPrefix = "lambda",
        Protocol = WireProtocol.RestJson,
        RequestsPerSecond = 15,
        OperationBudgets = new Dictionary<string, double> { ["GetFunction"] = 100 },
    };

    public static WireRequest Get(string operation, string path, params KeyValuePair<string, string>[] parameters) =>
        new() { Operation = operation, Method = "GET", Path = path, Parameters = parameters };
}
