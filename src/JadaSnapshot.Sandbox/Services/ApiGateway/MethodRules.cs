using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>What API Gateway refuses of methods and integrations, and what it adds to them.</summary>
internal static class MethodRules
{
    private static readonly HashSet<string> Verbs = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"];

    private static readonly HashSet<string> AuthorizationTypes = ["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"];

    private static readonly HashSet<string> IntegrationTypes = ["HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY"];

    public static void Complete(MethodPart part, JsonObject document, Call call, JsonObject resource)
    {
        if (part == MethodPart.Method)
        {
            document["httpMethod"] = call.Label("http_method");
            document["apiKeyRequired"] ??= false;
        }
        if (part != MethodPart.Integration) return;
        document["passthroughBehavior"] ??= "WHEN_NO_MATCH";
        document["timeoutInMillis"] ??= 29000;
        document["cacheNamespace"] ??= resource.Need("id");
        document["cacheKeyParameters"] ??= new JsonArray();
    }

    public static void Check(MethodPart part, JsonObject document, Call call, ApiNode api)
    {
        if (part == MethodPart.Method) CheckMethod(document, call.Label("http_method"), api);
        if (part == MethodPart.Integration) CheckIntegration(document);
        if (part == MethodPart.MethodResponse) CheckModels(document.Part("responseModels"), api);
    }

    private static void CheckMethod(JsonObject method, string verb, ApiNode api)
    {
        if (!Verbs.Contains(verb)) throw ApiErrors.Bad("Invalid HttpMethod specified. Valid options are GET,POST,PUT,DELETE,PATCH,OPTIONS,HEAD,ANY");
        var authorization = method.Text("authorizationType") ?? throw ApiErrors.Bad("Authorization type cannot be null");
        if (!AuthorizationTypes.Contains(authorization)) throw ApiErrors.Bad($"Invalid authorization type specified: {authorization}");
        if (authorization is "CUSTOM" or "COGNITO_USER_POOLS" && !api.Below("authorizers").ContainsKey(method.Text("authorizerId") ?? ""))
            throw ApiErrors.Bad("Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.");
        if (method.Text("requestValidatorId") is { Length: > 0 } validator && !api.Below("requestvalidators").ContainsKey(validator))
            throw ApiErrors.Bad("Invalid Request Validator identifier specified");
        CheckModels(method.Part("requestModels"), api);
    }

    private static void CheckModels(JsonObject? models, ApiNode api)
    {
        foreach (var name in models?.Select(model => models.Text(model.Key) ?? "") ?? [])
            if (!api.Below("models").ContainsKey(name)) throw ApiErrors.Bad($"Invalid model identifier specified: {name}");
    }

    private static void CheckIntegration(JsonObject integration)
    {
        var type = integration.Text("type") ?? throw ApiErrors.Bad("Integration type cannot be null");
        if (!IntegrationTypes.Contains(type)) throw ApiErrors.Bad(Constraint.NotInSet(type, "putIntegrationInput.type", IntegrationTypes));
        if (type == "MOCK") return;
        if (integration.Text("httpMethod") is null) throw ApiErrors.Bad("Enumeration value for HttpMethod must be non-empty");
        var uri = integration.Text("uri") ?? "";
        if (integration.Text("connectionType") == "VPC_LINK" && integration.Text("connectionId") is null) throw ApiErrors.Bad("VPC_LINK integrations must have a connectionId");
        if (type.StartsWith("AWS", StringComparison.Ordinal) ? !LambdaUri.IsService(uri) : !uri.StartsWith("http://", StringComparison.Ordinal) && !uri.StartsWith("https://", StringComparison.Ordinal))
            throw ApiErrors.Bad(type.StartsWith("AWS", StringComparison.Ordinal) ? "AWS ARN for integration must contain path or action" : "Invalid HTTP endpoint specified for URI");
    }
}
