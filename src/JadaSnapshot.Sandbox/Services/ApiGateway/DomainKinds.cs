using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>Custom domain names and what their paths lead to. The second version of the service shows the same ones in its own form.</summary>
internal sealed class DomainKinds(ApiTree tree, RestDialect dialect)
{
    public const string Domains = "/domainnames";

    /// <summary>What the first version calls the mapping of a domain's root.</summary>
    public const string NoPath = "(none)";

    private const string Domain = Domains + "/{domain_name}";

    public IEnumerable<ApiKind> All =>
    [
        new("DomainName", "DomainNames", Domains, "domain_name")
        {
            Words = "domain name", IdLength = 0, IdMember = "domainName", Required = ["domainName"], Complete = change => Complete(change.Document, change.Call.Region),
        },
        new("BasePathMapping", "BasePathMappings", Domain + "/basepathmappings", "base_path")
        {
            Words = "base path mapping", IdLength = 0, IdMember = "basePath", Required = ["restApiId"], Complete = CompleteMapping, Check = CheckMapping, View = (_, node) => ViewMapping(node),
        },
    ];

    /// <summary>Adds what the service knows of a new domain.</summary>
    public void Complete(JsonObject document, string region)
    {
        var name = document.Need("domainName");
        if (name.Length > 253 || !name.Contains('.', StringComparison.Ordinal) || name.Any(char.IsAsciiLetterUpper)) throw ApiErrors.Bad("The domain name to be created is not a valid domain name");
        document["endpointConfiguration"] ??= new JsonObject { ["types"] = new JsonArray("EDGE"), ["ipAddressType"] = "ipv4" };
        CheckCertificate(document, region);
        if (IsEdge(document))
        {
            document["distributionDomainName"] = $"d{tree.NewId(13)}.cloudfront.net";
            document["distributionHostedZoneId"] = "Z2FDTNDATAQYW2";
        }
        else
        {
            document["regionalDomainName"] = $"d-{tree.NewId(10)}.execute-api.{region}.amazonaws.com";
            document["regionalHostedZoneId"] = region == "us-west-2" ? "Z2OJLYMUO9EFXC" : "Z1UJRXOUMOOFQ8";
        }
        document["domainNameArn"] = $"arn:aws:apigateway:{region}::/domainnames/{name}";
        document["certificateUploadDate"] = dialect.Time(tree.World.Now);
        document["domainNameStatus"] = "AVAILABLE";
        document["securityPolicy"] ??= "TLS_1_2";
        document["routingMode"] ??= "BASE_PATH_MAPPING_ONLY";
    }

    /// <exception cref="Hosting.SandboxException">The certificate is of another account or region.</exception>
    public void CheckCertificate(JsonObject document, string region)
    {
        var isEdge = IsEdge(document);
        var certificate = document.Text(isEdge ? "certificateArn" : "regionalCertificateArn");
        if (certificate?.StartsWith($"arn:aws:acm:{(isEdge ? "us-east-1" : region)}:{tree.World.Account}:certificate/", StringComparison.Ordinal) != true)
            throw ApiErrors.Bad("Invalid certificate ARN: Certificate must be in the region of the endpoint and belong to the caller's account");
    }

    private static bool IsEdge(JsonObject document) => document.Part("endpointConfiguration")!.Texts("types").Contains("EDGE");

    private void CompleteMapping(ApiChange change)
    {
        if (change.Document.Text("basePath") is not { Length: > 0 }) change.Document["basePath"] = NoPath;
        change.Document["apiMappingId"] = tree.NewId(6);
    }

    private void CheckMapping(ApiChange change)
    {
        var api = tree.Root(change.Call.Region).Below("restapis").GetValueOrDefault(change.Document.Text("restApiId") ?? "") ?? throw ApiErrors.Bad("Invalid REST API identifier specified");
        if (change.Document.Text("stage") is { } stage && !api.Below("stages").ContainsKey(stage)) throw ApiErrors.Bad("Invalid stage identifier specified");
    }

    private static JsonObject ViewMapping(ApiNode node)
    {
        var view = node.Document.DeepClone().AsObject();
        view.Remove("apiMappingId");
        return view;
    }
}
