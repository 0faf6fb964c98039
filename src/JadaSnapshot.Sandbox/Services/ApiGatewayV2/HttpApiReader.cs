using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.OpenApi;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>Reads OpenAPI 3.0 into an HTTP API: the way back from <see cref="HttpApiWriter"/>.</summary>
internal sealed class HttpApiReader(ApiTree tree, ApiNode api, JsonObject document)
{
    private readonly Dictionary<string, JsonObject> _authorizers = new(StringComparer.Ordinal);

    public void Read()
    {
        if (document.Text("openapi")?.StartsWith("3.0", StringComparison.Ordinal) != true) throw ApiErrors.Bad("Unable to parse API definition: only OpenAPI 3.0 in JSON is read here");
        foreach (var (name, scheme) in document.Part("components").Named("securitySchemes"))
            if (scheme.Part(Extension.Authorizer) is { } details) _authorizers[name] = Add("authorizers", "authorizerId", Authorizer(name, details));
        foreach (var (path, members) in document.Named("paths"))
            foreach (var (member, _) in members)
                if (Extension.Verb(member) is { } verb) ReadRoute(path == "/" + HttpApiWriter.DefaultRoute ? HttpApiWriter.DefaultRoute : $"{verb} {path}", members.Part(member) ?? []);
        if (document.Part(Extension.Cors) is { } cors) api.Document["corsConfiguration"] = cors.DeepClone();
    }

    private void ReadRoute(string key, JsonObject operation)
    {
        var route = new JsonObject { ["routeKey"] = key, ["apiKeyRequired"] = false, ["authorizationType"] = "NONE" }.With("operationName", operation.Text("operationId"));
        foreach (var security in operation.Parts("security"))
            foreach (var scheme in security.Select(each => each.Key)) Secure(route, scheme, security.List(scheme));
        if (operation.Part(Extension.Integration) is { } written)
            route["target"] = $"integrations/{Add("integrations", "integrationId", Integration(written)).Need("integrationId")}";
        HttpRules.CheckRoute(new(null!, api, new ApiNode(route)));
        Add("routes", "routeId", route);
    }

    private void Secure(JsonObject route, string scheme, JsonArray? scopes)
    {
        if (scheme == "sigv4")
        {
            route["authorizationType"] = "AWS_IAM";
            return;
        }
        var authorizer = _authorizers.GetValueOrDefault(scheme) ?? throw ApiErrors.Bad($"Unable to find security scheme: {scheme}");
        route["authorizationType"] = authorizer.Text("authorizerType") == "JWT" ? "JWT" : "CUSTOM";
        route["authorizerId"] = authorizer.Need("authorizerId");
        if (scopes is { Count: > 0 }) route["authorizationScopes"] = scopes.DeepClone();
    }

    private static JsonObject Authorizer(string name, JsonObject details)
    {
        var made = new JsonObject { ["name"] = name }.With("authorizerType", details.InUpper("type"));
        details.CopyTo(made, "jwtConfiguration", "authorizerUri", "authorizerPayloadFormatVersion", "authorizerResultTtlInSeconds", "enableSimpleResponses");
        made["identitySource"] = JsonAnswer.List((details.Text("identitySource") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries));
        return made.With("authorizerCredentialsArn", details.Text("authorizerCredentials"));
    }

    private static JsonObject Integration(JsonObject written)
    {
        var made = new JsonObject().With("integrationType", written.InUpper("type"));
        foreach (var (to, from) in HttpApiWriter.Members) made.With(to, written[from]?.DeepClone());
        made["connectionType"] ??= "INTERNET";
        made["timeoutInMillis"] ??= 30000;
        return made;
    }

    private JsonObject Add(string collection, string idMember, JsonObject made)
    {
        var id = tree.NewId(7);
        made[idMember] = id;
        api.Below(collection).Add(id, new ApiNode(made));
        return made;
    }
}
