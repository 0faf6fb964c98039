using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>The two versions of API Gateway, which share host, signing name and request budget.</summary>
internal static class ApiGatewayServices
{
    /// <summary>REST APIs, keys, usage plans, certificates (<see href="https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html"/>).</summary>
    public static AwsService Rest { get; } = new()
    {
        ServiceId = "API Gateway",
        SigningName = "apigateway",
        EndpointPrefix = "apigateway",
        Protocol = WireProtocol.RestJson,
        RequestsPerSecond = 10,
        OperationBudgets = new Dictionary<string, double>
        {
            ["GetResources"] = 2.5,
            ["CreateResource"] = 5, ["DeleteResource"] = 5, ["CreateApiKey"] = 5, ["DeleteApiKey"] = 5,
            ["PutRestApi"] = 1,
            ["CreateRestApi"] = 1 / 3.0,
            ["CreateDeployment"] = 0.2,
            ["CreateDocumentationVersion"] = 0.05, ["CreateUsagePlan"] = 0.05, ["UpdateUsagePlan"] = 0.05, ["UpdateAccount"] = 0.05,
            ["CreateDomainName"] = 1 / 30.0, ["DeleteDomainName"] = 1 / 30.0, ["UpdateDomainName"] = 1 / 30.0, ["DeleteRestApi"] = 1 / 30.0,
        },
    };

    /// <summary>HTTP and WebSocket APIs, mappings of domain names (<see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/api-reference.html"/>).</summary>
    public static AwsService Http { get; } = Rest with { ServiceId = "ApiGatewayV2" };

    /// <summary>Without it, the first version answers in HAL.</summary>
    private static readonly KeyValuePair<string, string>[] PlainJson = [new("Accept", "application/json")];

    public static WireRequest Get(string operation, string path, params IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        WireRequest.Get(operation, path, parameters) with { Headers = PlainJson };

    /// <summary>A list of the first version.</summary>
    public static JsonList RestList(string operation, string path, params IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new(operation, path, "item", "position") { Parameters = [new("limit", "500"), .. parameters], Headers = PlainJson };

    /// <summary>A list of the second version. The service's own page size is the only one that is right for every list.</summary>
    public static JsonList HttpList(string operation, string path) => new(operation, path, "items", "nextToken");
}
