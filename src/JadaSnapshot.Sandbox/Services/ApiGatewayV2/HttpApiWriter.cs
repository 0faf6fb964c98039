using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.OpenApi;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>Writes an HTTP API as OpenAPI 3.0.</summary>
internal sealed class HttpApiWriter(ApiNode api, bool withExtensions)
{
    public const string DefaultRoute = "$default";

    /// <summary>What the members of an integration are called in OpenAPI.</summary>
    public static readonly (string Document, string OpenApi)[] Members =
    [
        ("payloadFormatVersion", "payloadFormatVersion"), ("integrationMethod", "httpMethod"), ("integrationUri", "uri"), ("integrationSubtype", "integrationSubtype"),
        ("connectionType", "connectionType"), ("connectionId", "connectionId"), ("credentialsArn", "credentials"), ("requestParameters", "requestParameters"),
        ("responseParameters", "responseParameters"), ("timeoutInMillis", "timeoutInMillis"), ("tlsConfig", "tlsConfig"), ("description", "description"),
    ];

    public JsonObject Write(string? stage)
    {
        var document = new JsonObject
        {
            ["openapi"] = "3.0.1",
            ["info"] = new JsonObject { ["title"] = api.Document.Need("name") }.With("description", api.Document.Text("description")).With("version", api.Document.Text("version") ?? api.Document.Text("createdDate")),
            ["servers"] = new JsonArray(new JsonObject
            {
                ["url"] = $"{api.Document.Need("apiEndpoint")}/{{basePath}}",
                ["variables"] = new JsonObject { ["basePath"] = new JsonObject { ["default"] = stage is null or DefaultRoute ? "" : stage } },
            }),
            ["paths"] = Paths(),
        };
        if (SecuritySchemes() is { Count: > 0 } schemes) document["components"] = new JsonObject { ["securitySchemes"] = schemes };
        if (!withExtensions) return document;
        document[Extension.ExportVersion] = "1.0";
        return document.With(Extension.Cors, api.Document.Part("corsConfiguration")?.DeepClone());
    }

    private JsonObject Paths()
    {
        var paths = new JsonObject();
        foreach (var route in api.Below("routes").Values.Select(route => route.Document).OrderBy(route => route.Need("routeKey"), StringComparer.Ordinal))
        {
            var key = route.Need("routeKey");
            var (verb, path) = key == DefaultRoute ? (Extension.Any, "/" + DefaultRoute) : (key.Split(' ', 2)[0], key.Split(' ', 2)[1]);
            (paths[path] ??= new JsonObject())[Extension.Member(verb)] = Operation(route, key == DefaultRoute);
        }
        return paths;
    }

    private JsonObject Operation(JsonObject route, bool isDefault)
    {
        var operation = new JsonObject().With("operationId", route.Text("operationName"));
        operation["responses"] = new JsonObject { ["default"] = new JsonObject { ["description"] = $"Default response for {route.Need("routeKey")}" } };
        if (isDefault) operation["isDefaultRoute"] = true;
        if (route.Text("authorizationType") == "AWS_IAM") operation["security"] = new JsonArray(new JsonObject { ["sigv4"] = new JsonArray() });
        if (route.Text("authorizerId") is { } authorizer)
            operation["security"] = new JsonArray(new JsonObject { [api.Below("authorizers")[authorizer].Document.Need("name")] = route.List("authorizationScopes")?.DeepClone() ?? new JsonArray() });
        if (!withExtensions || route.Text("target") is not { } target) return operation;

        var integration = api.Below("integrations")[target.Split('/')[1]].Document;
        var written = new JsonObject().With("type", integration.InLower("integrationType"));
        foreach (var (from, to) in Members) written.With(to, integration[from]?.DeepClone());
        return operation.With(Extension.Integration, written);
    }

    private JsonObject SecuritySchemes()
    {
        var schemes = new JsonObject();
        foreach (var authorizer in api.Below("authorizers").Values.Select(each => each.Document))
        {
            var isJwt = authorizer.Need("authorizerType") == "JWT";
            var details = new JsonObject { ["type"] = isJwt ? "jwt" : "request", ["identitySource"] = string.Join(',', authorizer.Texts("identitySource")) };
            authorizer.CopyTo(details, "jwtConfiguration", "authorizerUri", "authorizerPayloadFormatVersion", "authorizerResultTtlInSeconds", "enableSimpleResponses");
            details.With("authorizerCredentials", authorizer.Text("authorizerCredentialsArn"));
            var scheme = isJwt ? new JsonObject { ["type"] = "oauth2" } : new JsonObject { ["type"] = "apiKey", ["name"] = "Unused", ["in"] = "header" };
            schemes[authorizer.Need("name")] = withExtensions ? scheme.With(Extension.Authorizer, details) : scheme;
        }
        return schemes;
    }
}
