using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>What an API answers by itself. Every type is always there; one that was put is no default.</summary>
internal sealed class GatewayResponseOperations(ApiTree tree, RestDialect dialect)
{
    private const string Path = RestApiKinds.Api + "/gatewayresponses";
    private const string One = Path + "/{response_type}";

    private static readonly SortedDictionary<string, string?> Types = new(StringComparer.Ordinal)
    {
        ["ACCESS_DENIED"] = "403", ["API_CONFIGURATION_ERROR"] = "500", ["AUTHORIZER_CONFIGURATION_ERROR"] = "500", ["AUTHORIZER_FAILURE"] = "500",
        ["BAD_REQUEST_BODY"] = "400", ["BAD_REQUEST_PARAMETERS"] = "400", ["DEFAULT_4XX"] = null, ["DEFAULT_5XX"] = null, ["EXPIRED_TOKEN"] = "403",
        ["INTEGRATION_FAILURE"] = "504", ["INTEGRATION_TIMEOUT"] = "504", ["INVALID_API_KEY"] = "403", ["INVALID_SIGNATURE"] = "403",
        ["MISSING_AUTHENTICATION_TOKEN"] = "403", ["QUOTA_EXCEEDED"] = "429", ["REQUEST_TOO_LARGE"] = "413", ["RESOURCE_NOT_FOUND"] = "404",
        ["THROTTLED"] = "429", ["UNAUTHORIZED"] = "401", ["UNSUPPORTED_MEDIA_TYPE"] = "415", ["WAF_FILTERED"] = "403",
    };

    public void AddTo(OperationTable operations)
    {
        operations.Add("PutGatewayResponse", $"PUT {One}", Put);
        operations.Add("GetGatewayResponse", $"GET {One}", call => JsonAnswer.Of(View(tree.At(call, RestApiKinds.Api), Type(call))));
        operations.Add("GetGatewayResponses", $"GET {Path}", List);
        operations.Add("DeleteGatewayResponse", $"DELETE {One}", Delete);
    }

    private SandboxResponse Put(Call call)
    {
        var api = tree.At(call, RestApiKinds.Api);
        var document = call.Json.DeepClone().AsObject();
        document["responseType"] = Type(call);
        document.With("statusCode", document.Text("statusCode") ?? Types[Type(call)])["defaultResponse"] = false;
        document["responseParameters"] ??= new JsonObject();
        document["responseTemplates"] ??= new JsonObject();
        api.Below("gatewayresponses")[Type(call)] = new ApiNode(document);
        return JsonAnswer.Of(document.DeepClone(), 201);
    }

    private SandboxResponse List(Call call)
    {
        var api = tree.At(call, RestApiKinds.Api);
        return dialect.Listing(call, Types.Keys.Select(type => KeyValuePair.Create(type, new ApiNode(View(api, type)))), node => node.Document.DeepClone().AsObject());
    }

    private SandboxResponse Delete(Call call) => tree.At(call, RestApiKinds.Api).Below("gatewayresponses").Remove(Type(call))
        ? JsonAnswer.Empty(202)
        : throw new SandboxException(404, "NotFoundException", "Gateway response type not defined on api");

    private static JsonObject View(ApiNode api, string type) => api.Below("gatewayresponses").GetValueOrDefault(type) is { } put
        ? put.Document.DeepClone().AsObject()
        : new JsonObject { ["responseType"] = type }.With("statusCode", Types[type]).With("responseParameters", new JsonObject())
            .With("responseTemplates", new JsonObject { ["application/json"] = "{\"message\":$context.error.messageString}" }).With("defaultResponse", true);

    private static string Type(Call call) => Types.ContainsKey(call.Label("response_type")) ? call.Label("response_type") : throw ApiErrors.Bad("Invalid gateway response type specified");
}
