using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.OpenApi;

/// <summary>Writes what a stage of a REST API serves as OpenAPI 3.0.</summary>
internal sealed class RestApiWriter(ApiNode api, bool withExtensions)
{
    private readonly Dictionary<string, ApiNode> _authorizers = new(api.Below("authorizers"), StringComparer.Ordinal);

    public JsonObject Write(string region, string stage)
    {
        var id = api.Document.Need("id");
        var document = new JsonObject
        {
            ["openapi"] = "3.0.1",
            ["info"] = new JsonObject { ["title"] = api.Document.Need("name") }.With("description", api.Document.Text("description")).With("version", api.Document.Text("version") ?? "1"),
            ["servers"] = new JsonArray(new JsonObject
            {
                ["url"] = $"https://{id}.execute-api.{region}.amazonaws.com/{{basePath}}",
                ["variables"] = new JsonObject { ["basePath"] = new JsonObject { ["default"] = stage } },
            }),
            ["paths"] = Paths(),
            ["components"] = new JsonObject { ["schemas"] = Schemas() }.With("securitySchemes", SecuritySchemes()),
        };
        return withExtensions ? Extend(document) : document;
    }

    private JsonObject Extend(JsonObject document)
    {
        if (api.Below("gatewayresponses") is { Count: > 0 } responses)
            document[Extension.GatewayResponses] = new JsonObject([.. responses.Select(response => KeyValuePair.Create(response.Key, (JsonNode?)Part(response.Value.Document, "statusCode", "responseParameters", "responseTemplates")))]);
        if (api.Below("requestvalidators") is { Count: > 0 } validators)
            document[Extension.Validators] = new JsonObject([.. validators.Values.Select(each => each.Document).Select(each =>
                KeyValuePair.Create(each.Text("name") ?? each.Need("id"), (JsonNode?)Part(each, "validateRequestBody", "validateRequestParameters")))]);
        if (api.Document.List("binaryMediaTypes") is { } types) document[Extension.BinaryTypes] = types.DeepClone();
        if (api.Document.Text("policy") is { } policy) document[Extension.Policy] = JsonNode.Parse(policy.Replace("\\\"", "\"", StringComparison.Ordinal));
        return document;
    }

    private JsonObject Paths()
    {
        var paths = new JsonObject();
        foreach (var (path, verb, method) in Methods.Of(api).OrderBy(each => each.Path, StringComparer.Ordinal))
            (paths[path] ??= new JsonObject())[Extension.Member(verb)] = Operation(path, method);
        return paths;
    }

    private JsonObject Operation(string path, JsonObject method)
    {
        var operation = new JsonObject().With("operationId", method.Text("operationName"));
        if (Parameters(path, method.Part("requestParameters")) is { Count: > 0 } parameters) operation["parameters"] = parameters;
        if (method.Part("requestModels") is { Count: > 0 } models) operation["requestBody"] = new JsonObject { ["content"] = Content(models), ["required"] = true };
        operation["responses"] = new JsonObject([.. (method.Part("methodResponses") ?? []).Select(response => KeyValuePair.Create(response.Key, (JsonNode?)Response(response.Key, response.Value!.AsObject())))]);
        if (Security(method) is { Count: > 0 } security) operation["security"] = security;
        if (!withExtensions) return operation;
        if (method.Text("requestValidatorId") is { } validator && api.Below("requestvalidators").GetValueOrDefault(validator) is { } named)
            operation[Extension.Validator] = named.Document.Text("name") ?? validator;
        return operation.With(Extension.Integration, method.Part("methodIntegration") is { } integration ? Integration(integration) : null);
    }

    private static JsonArray Parameters(string path, JsonObject? asked)
    {
        var places = path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => (Place: "path", Name: segment.Trim('{', '}', '+'), Required: true))
            .Concat((asked ?? []).Where(each => each.Key.Split('.', 4) is [_, _, "querystring" or "header", _])
                .Select(each => (Place: each.Key.Split('.')[2] == "header" ? "header" : "query", Name: each.Key.Split('.', 4)[3], Required: asked!.Flag(each.Key) == true)));
        return [.. places.Select(each => new JsonObject
        {
            ["name"] = each.Name, ["in"] = each.Place, ["required"] = each.Required, ["schema"] = new JsonObject { ["type"] = "string" },
        })];
    }

    private static JsonObject Response(string code, JsonObject response)
    {
        var result = new JsonObject { ["description"] = $"{code} response" };
        var headers = (response.Part("responseParameters") ?? []).Select(each => each.Key.Split('.', 4)).Where(parts => parts is [_, _, "header", _]).ToList();
        if (headers.Count > 0) result["headers"] = new JsonObject([.. headers.Select(parts => KeyValuePair.Create(parts[3], (JsonNode?)new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } }))]);
        return result.With("content", response.Part("responseModels") is { Count: > 0 } models ? Content(models) : null);
    }

    private static JsonObject Content(JsonObject models) => new([.. models.Select(model =>
        KeyValuePair.Create(model.Key, (JsonNode?)new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{model.Value}" } }))]);

    private JsonArray Security(JsonObject method)
    {
        var security = new JsonArray();
        if (method.Text("authorizerId") is { } id && _authorizers.TryGetValue(id, out var authorizer))
            security.Add((JsonNode)new JsonObject { [authorizer.Document.Need("name")] = method.List("authorizationScopes")?.DeepClone() ?? new JsonArray() });
        if (method.Text("authorizationType") == "AWS_IAM") security.Add((JsonNode)new JsonObject { ["sigv4"] = new JsonArray() });
        if (method.Flag("apiKeyRequired") == true) security.Add((JsonNode)new JsonObject { [Extension.ApiKey] = new JsonArray() });
        return security;
    }

    private static JsonObject Integration(JsonObject integration)
    {
        var written = new JsonObject().With("type", integration.InLower("type"));
        integration.CopyTo(written, Extension.Alike);
        written.With("passthroughBehavior", integration.InLower("passthroughBehavior"));
        if (integration.Part("integrationResponses") is { } responses)
            written["responses"] = new JsonObject([.. responses.Select(each => each.Value!.AsObject()).Select(each =>
                KeyValuePair.Create(each.Text("selectionPattern") is { Length: > 0 } pattern ? pattern : "default", (JsonNode?)Part(each, "statusCode", "responseParameters", "responseTemplates", "contentHandling")))]);
        return written;
    }

    private JsonObject Schemas() => new([.. api.Below("models").Select(model => KeyValuePair.Create(model.Key, JsonNode.Parse(model.Value.Document.Text("schema") is { Length: > 0 } schema ? schema : "{}")))]);

    private JsonObject? SecuritySchemes()
    {
        var schemes = new JsonObject();
        foreach (var authorizer in _authorizers.Values.Select(each => each.Document))
        {
            var scheme = new JsonObject
            {
                ["type"] = "apiKey", ["name"] = authorizer.Text("identitySource")?.Split('.')[^1] ?? "Unused", ["in"] = "header",
                [Extension.AuthorizationType] = authorizer.Text("type") == "COGNITO_USER_POOLS" ? "cognito_user_pools" : "custom",
            };
            if (withExtensions)
            {
                var details = Part(authorizer, "identitySource", "authorizerUri", "authorizerCredentials", "identityValidationExpression", "authorizerResultTtlInSeconds", "providerARNs");
                scheme[Extension.Authorizer] = details.With("type", authorizer.InLower("type"));
            }
            schemes[authorizer.Need("name")] = scheme;
        }
        if (Methods.Of(api).Any(each => each.Method.Flag("apiKeyRequired") == true))
            schemes[Extension.ApiKey] = new JsonObject { ["type"] = "apiKey", ["name"] = "x-api-key", ["in"] = "header" };
        return schemes.Count > 0 ? schemes : null;
    }

    private static JsonObject Part(JsonObject from, params ReadOnlySpan<string> members)
    {
        var part = new JsonObject();
        from.CopyTo(part, members);
        return part;
    }
}
