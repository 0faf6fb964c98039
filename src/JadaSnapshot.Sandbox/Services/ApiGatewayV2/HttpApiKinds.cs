using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>HTTP and WebSocket APIs, and what they are made of beside deployments and stages.</summary>
internal sealed class HttpApiKinds(ApiTree tree, HttpDialect dialect, HttpStageKinds stages)
{
    public const string Api = "/v2/apis/{apiId}";

    public static readonly string[] Definition = ["routes", "integrations", "authorizers", "models"];

    private static readonly HashSet<string> Protocols = ["WEBSOCKET", "HTTP"];

    public IEnumerable<ApiKind> All =>
    [
        Of("Api", "Apis", "/v2/apis", "API") with { IdLength = 10, Required = ["name", "protocolType"], Complete = change => CompleteApi(change.Document, change.Call.Region) },
        Of("Integration", "Integrations", Api + "/integrations", "Integration") with
        {
            Required = ["integrationType"], Complete = HttpRules.CompleteIntegration, Check = HttpRules.CheckIntegration, Deleting = KeepTarget, Changed = stages.DeployByItself,
        },
        Of("IntegrationResponse", "IntegrationResponses", Api + "/integrations/{integrationId}/integrationresponses", "IntegrationResponse") with { Required = ["integrationResponseKey"] },
        Of("Route", "Routes", Api + "/routes", "Route") with { Required = ["routeKey"], Complete = HttpRules.CompleteRoute, Check = HttpRules.CheckRoute, Changed = stages.DeployByItself },
        Of("RouteResponse", "RouteResponses", Api + "/routes/{routeId}/routeresponses", "RouteResponse") with { Required = ["routeResponseKey"] },
        Of("Authorizer", "Authorizers", Api + "/authorizers", "Authorizer") with
        {
            Required = ["name", "authorizerType", "identitySource"], Check = HttpRules.CheckAuthorizer, Deleting = KeepAuthorizer, Changed = stages.DeployByItself,
        },
        Of("Model", "Models", Api + "/models", "Model") with { Required = ["name", "schema"], Complete = change => change.Document["contentType"] ??= "application/json" },
        Of("VpcLink", "VpcLinks", "/v2/vpclinks", "VpcLink") with { DeletedStatus = 202, Required = ["name", "subnetIds"], Complete = change => CompleteVpcLink(change.Document) },
    ];

    /// <summary>A kind whose label and id are called after it: <c>routeId</c>.</summary>
    public static ApiKind Of(string name, string plural, string path, string words)
    {
        var id = char.ToLowerInvariant(name[0]) + name[1..] + "Id";
        return new ApiKind(name, plural, path, id) { Words = words, IdMember = id, IdLength = 7, DeletedStatus = 204 };
    }

    public void CompleteApi(JsonObject document, string region)
    {
        var protocol = document.Text("protocolType") ?? "";
        if (!Protocols.Contains(protocol)) throw ApiErrors.Bad($"Invalid protocol specified. Must be one of [{string.Join(", ", Protocols)}]");
        if (protocol == "WEBSOCKET" && document.Text("routeSelectionExpression") is null) throw ApiErrors.Bad("RouteSelectionExpression is required for WEBSOCKET APIs");
        document["routeSelectionExpression"] ??= "$request.method $request.path";
        document["apiKeySelectionExpression"] ??= "$request.header.x-api-key";
        document["disableExecuteApiEndpoint"] ??= false;
        document["ipAddressType"] ??= "ipv4";
        document["tags"] ??= new JsonObject();
        document["createdDate"] = dialect.Time(tree.World.Now);
        document["apiEndpoint"] = $"{(protocol == "HTTP" ? "https" : "wss")}://{document.Need("apiId")}.execute-api.{region}.amazonaws.com";
    }

    private void CompleteVpcLink(JsonObject document)
    {
        document["createdDate"] = dialect.Time(tree.World.Now);
        document["securityGroupIds"] ??= new JsonArray();
        document["tags"] ??= new JsonObject();
        (document["vpcLinkStatus"], document["vpcLinkStatusMessage"], document["vpcLinkVersion"]) = ("AVAILABLE", "VPC link is ready to route traffic", "V2");
    }

    private static void KeepTarget(ApiChange change)
    {
        var id = change.Document.Need("integrationId");
        if (change.Parent.Below("routes").Values.Any(route => route.Document.Text("target") == $"integrations/{id}"))
            throw ApiErrors.Conflict($"Cannot delete Integration '{id}' which is referenced by a Route.");
    }

    private static void KeepAuthorizer(ApiChange change)
    {
        var id = change.Document.Need("authorizerId");
        if (change.Parent.Below("routes").Values.Any(route => route.Document.Text("authorizerId") == id))
            throw ApiErrors.Conflict($"Cannot delete authorizer '{id}', is referenced in route");
    }
}
