using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>What an account has of API Gateway in a region.</summary>
internal static class ApiKinds
{
    public const string RestApi = "rest-api";
    public const string HttpApi = "http-api";
    public const string WebSocketApi = "websocket-api";
    public const string UsagePlan = "usage-plan";
    public const string DomainName = "domain-name";
    public const string Account = "account";

    public static ApiKind RestApis { get; } = new(RestApi, Rest, RestList("GetRestApis", "/restapis"), "GetRestApi")
    {
        Document = ApiDocuments.Api,
        Describe = static api => $"REST{(api.Text("description") is { } words ? $", {words}" : "")}",
    };

    public static ApiKind HttpApis { get; } = new(HttpApi, Http, HttpList("GetApis", "/v2/apis"), "GetApi")
    {
        IdMember = "apiId",
        Document = ApiDocuments.Api,
        Names = [HttpApi, WebSocketApi],
        KindOf = static api => api.Text("protocolType") == "WEBSOCKET" ? WebSocketApi : HttpApi,
        Describe = static api => $"{api.Text("protocolType")}{(api.Text("description") is { } words ? $", {words}" : "")}",
    };

    public static ApiKind DomainNames { get; } = new(DomainName, Rest, RestList("GetDomainNames", "/domainnames"), "GetDomainName")
    {
        IdMember = "domainName",
        NameMember = "domainName",
        Describe = static domain => domain.Text("regionalDomainName") ?? domain.Text("distributionDomainName"),
    };

    public static ApiKind UsagePlans { get; } = new(UsagePlan, Rest, RestList("GetUsagePlans", "/usageplans"), "GetUsagePlan");

    public static IReadOnlyList<ApiKind> All { get; } =
    [
        RestApis,
        HttpApis,
        DomainNames,
        UsagePlans,
        new("api-key", Rest, RestList("GetApiKeys", "/apikeys", new KeyValuePair<string, string>("includeValues", "true")), "GetApiKey")
        {
            SingleParameters = [new("includeValue", "true")],
            WithoutSecrets = ApiSecrets.OfKeys,
        },
        new("vpc-link", Http, HttpList("GetVpcLinks", "/v2/vpclinks"), "GetVpcLink") { IdMember = "vpcLinkId" },
        new("rest-vpc-link", Rest, RestList("GetVpcLinks", "/vpclinks"), "GetVpcLink"),
        new("client-certificate", Rest, RestList("GetClientCertificates", "/clientcertificates"), "GetClientCertificate") { IdMember = "clientCertificateId", NameMember = "clientCertificateId" },
    ];

    /// <summary>The kind of a resource; null for the account's settings, which no list tells of.</summary>
    public static ApiKind? Of(Resource resource) => All.FirstOrDefault(kind => kind.Names.Contains(resource.Kind));
}
