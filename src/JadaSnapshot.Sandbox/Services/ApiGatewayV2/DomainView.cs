using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>One domain name, in the forms of both versions.</summary>
internal static class DomainView
{
    /// <summary>The document of the first version, shown as the second shows it.</summary>
    public static JsonObject Of(JsonObject first)
    {
        var isEdge = first.Part("endpointConfiguration")!.Texts("types").Contains("EDGE");
        var configuration = new JsonObject
        {
            ["apiGatewayDomainName"] = first.Text(isEdge ? "distributionDomainName" : "regionalDomainName"),
            ["certificateArn"] = first.Text(isEdge ? "certificateArn" : "regionalCertificateArn"),
            ["domainNameStatus"] = first.Text("domainNameStatus"),
            ["endpointType"] = isEdge ? "EDGE" : "REGIONAL",
            ["hostedZoneId"] = first.Text(isEdge ? "distributionHostedZoneId" : "regionalHostedZoneId"),
            ["ipAddressType"] = first.Part("endpointConfiguration")!.Text("ipAddressType") ?? "ipv4",
            ["securityPolicy"] = first.Text("securityPolicy"),
        };
        if (first.Number("certificateUploadDate") is { } uploaded) configuration["certificateUploadDate"] = DateTimeOffset.FromUnixTimeSeconds(uploaded).Iso();
        return new JsonObject
        {
            ["apiMappingSelectionExpression"] = "$request.basepath",
            ["domainName"] = first.Text("domainName"),
            ["domainNameArn"] = first.Text("domainNameArn"),
            ["domainNameConfigurations"] = new JsonArray(configuration),
            ["routingMode"] = first.Text("routingMode")?.Replace("BASE_PATH", "API", StringComparison.Ordinal),
            ["tags"] = first.Part("tags")?.DeepClone() ?? new JsonObject(),
        }.With("mutualTlsAuthentication", first.Part("mutualTlsAuthentication")?.DeepClone());
    }

    /// <summary>A request of the second version, in the form of the first.</summary>
    public static JsonObject ToFirst(JsonObject second)
    {
        var configuration = second.Parts("domainNameConfigurations").FirstOrDefault() ?? throw ApiErrors.Bad("DomainNameConfigurations is required");
        if (configuration.Text("endpointType") is not (null or "REGIONAL")) throw ApiErrors.Bad("Only regional domain names are made by this version");
        return new JsonObject
        {
            ["domainName"] = second.Text("domainName") ?? throw ApiErrors.Bad("DomainName is required"),
            ["endpointConfiguration"] = new JsonObject { ["types"] = new JsonArray("REGIONAL"), ["ipAddressType"] = configuration.Text("ipAddressType") ?? "ipv4" },
        }
        .With("regionalCertificateArn", configuration.Text("certificateArn"))
        .With("securityPolicy", configuration.Text("securityPolicy"))
        .With("mutualTlsAuthentication", second.Part("mutualTlsAuthentication")?.DeepClone())
        .With("routingMode", second.Text("routingMode")?.Replace("API", "BASE_PATH", StringComparison.Ordinal))
        .With("tags", second.Part("tags")?.DeepClone());
    }

    public static JsonObject OfMapping(JsonObject first) => new()
    {
        ["apiMappingId"] = first.Text("apiMappingId"),
        ["apiMappingKey"] = first.Text("basePath") is { } path && path != DomainKinds.NoPath ? path : "",
        ["apiId"] = first.Text("restApiId"),
        ["stage"] = first.Text("stage") ?? "",
    };
}
