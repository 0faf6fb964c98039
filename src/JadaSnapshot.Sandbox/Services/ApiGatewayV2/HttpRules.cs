using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>What the second version refuses of routes, integrations and authorizers, and what it adds to them.</summary>
internal static partial class HttpRules
{
    private static readonly HashSet<string> Types = ["AWS", "HTTP", "MOCK", "HTTP_PROXY", "AWS_PROXY"];

    public static bool IsHttp(ApiNode api) => api.Document.Text("protocolType") == "HTTP";

    public static void CompleteIntegration(ApiChange change)
    {
        var (document, isHttp) = (change.Document, IsHttp(change.Parent));
        document["connectionType"] ??= "INTERNET";
        document["timeoutInMillis"] ??= isHttp ? 30000 : 29000;
        if (document.Text("integrationType") == "AWS_PROXY" && document.Text("integrationSubtype") is null) document["integrationMethod"] ??= "POST";
        if (isHttp) return;
        document["passthroughBehavior"] ??= "WHEN_NO_MATCH";
        document["payloadFormatVersion"] ??= "1.0";
        document["integrationResponseSelectionExpression"] ??= "${integration.response.statuscode}";
    }

    public static void CheckIntegration(ApiChange change)
    {
        var document = change.Document;
        var type = document.Text("integrationType") ?? "";
        if (!Types.Contains(type) || IsHttp(change.Parent) && type is not ("HTTP_PROXY" or "AWS_PROXY")) throw ApiErrors.Bad($"Invalid integration type specified: {type}");
        if (IsHttp(change.Parent) && document.Text("payloadFormatVersion") is not ("1.0" or "2.0")) throw ApiErrors.Bad("PayloadFormatVersion is a required parameter for HTTP APIs and must be 1.0 or 2.0");
        if (type == "MOCK" || document.Text("integrationSubtype") is not null) return;
        var uri = document.Text("integrationUri") ?? "";
        if (type.StartsWith("AWS", StringComparison.Ordinal))
        {
            if (!FunctionArn().IsMatch(uri) && !LambdaUri.IsService(uri)) throw ApiErrors.Bad("Invalid function ARN or invalid uri");
        }
        else if (!uri.StartsWith("http://", StringComparison.Ordinal) && !uri.StartsWith("https://", StringComparison.Ordinal) && document.Text("connectionType") != "VPC_LINK")
            throw ApiErrors.Bad("Invalid integration URI specified");
    }

    public static void CompleteRoute(ApiChange change)
    {
        change.Document["apiKeyRequired"] ??= false;
        change.Document["authorizationType"] ??= "NONE";
    }

    public static void CheckRoute(ApiChange change)
    {
        var (document, api) = (change.Document, change.Parent);
        var key = document.Text("routeKey") ?? "";
        if (IsHttp(api) && !HttpRouteKey().IsMatch(key)) throw ApiErrors.Bad("The provided route key is not formatted properly for HTTP protocol. Format should be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"");
        if (api.Below("routes").Values.Any(other => other.Document.Text("routeKey") == key && other.Document.Text("routeId") != document.Text("routeId")))
            throw ApiErrors.Conflict($"Route with key {key} already exists for this API");
        if (document.Text("target") is { } target && !(target.StartsWith("integrations/", StringComparison.Ordinal) && api.Below("integrations").ContainsKey(target["integrations/".Length..])))
            throw ApiErrors.Bad($"Invalid Integration identifier specified: {target}");
        if (document.Text("authorizationType") is "JWT" or "CUSTOM" && !api.Below("authorizers").ContainsKey(document.Text("authorizerId") ?? ""))
            throw ApiErrors.Bad("Invalid authorizer ID specified. Setting the authorization type to JWT or CUSTOM requires a valid authorizer.");
    }

    public static void CheckAuthorizer(ApiChange change)
    {
        var document = change.Document;
        _ = document.Texts("identitySource").Count();
        switch (document.Text("authorizerType"))
        {
            case "JWT" when document.Part("jwtConfiguration")?.Text("issuer") is null:
                throw ApiErrors.Bad("JwtConfiguration with an issuer is required for JWT authorizers");
            case "REQUEST" when !LambdaUri.Is(document.Text("authorizerUri")):
                throw ApiErrors.Bad("Invalid Authorizer URI specified. The authorizer should have a valid Lambda function ARN.");
            case "REQUEST" when IsHttp(change.Parent) && document.Text("authorizerPayloadFormatVersion") is null:
                throw ApiErrors.Bad("AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer");
            case not ("JWT" or "REQUEST"):
                throw ApiErrors.Bad("Invalid authorizer type specified. Must be one of [REQUEST, JWT]");
        }
    }

    [GeneratedRegex(@"^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?$")]
    private static partial Regex FunctionArn();

    [GeneratedRegex(@"^(\$default|(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) /\S*)$")]
    private static partial Regex HttpRouteKey();
}
