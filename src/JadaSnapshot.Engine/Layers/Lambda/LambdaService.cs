using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>
/// AWS Lambda on the wire (<see href="https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html"/>). GetFunction and GetPolicy are
/// counted apart from the rest of the control plane (<see href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests"/>).
/// </summary>
internal static class LambdaService
{
    public static AwsService Service { get; } = new()
    {
        ServiceId = "Lambda",
        SigningName = "lambda",
        EndpointPrefix = "lambda",
        Protocol = WireProtocol.RestJson,
        RequestsPerSecond = 15,
        OperationBudgets = new Dictionary<string, double> { ["GetFunction"] = 100, ["GetPolicy"] = 15 },
    };

    /// <summary>The path of a function, or below one.</summary>
    public static string PathOf(string function, string below = "", string version = "2015-03-31") => WirePath.Of($"/{version}/functions/{{}}{below}", function);

    public static KeyValuePair<string, string>[] Marker(string? marker) => marker is null ? [] : [new("Marker", marker)];

    public static string? NextMarker(WireResponse page) => page.Json().Text("NextMarker");

    public static WireRequest Get(string operation, string path, params KeyValuePair<string, string>[] parameters) =>
        new() { Operation = operation, Method = "GET", Path = path, Parameters = parameters };
}
