using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.OpenApi;

/// <summary>Reads OpenAPI 3.0 into the definition of a REST API: the way back from <see cref="RestApiWriter"/>.</summary>
internal sealed class RestApiReader(ApiTree tree, ApiNode api, JsonObject document)
{
    private readonly Dictionary<string, string> _authorizers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _validators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _resources = new(StringComparer.Ordinal);

    public void Read()
    {
        if (document.Text("openapi")?.StartsWith("3.0", StringComparison.Ordinal) != true) throw ApiErrors.Bad("Invalid OpenAPI input: only OpenAPI 3.0 in JSON is read here");
        foreach (var resource in api.Below("resources").Values.Select(each => each.Document)) _resources[resource.Need("path")] = resource;
        foreach (var (name, schema) in document.Part("components")?.Part("schemas") ?? []) AddModel(name, schema);
        foreach (var (name, validator) in document.Named(Extension.Validators)) Add("requestvalidators", _validators, name, validator);
        ReadAuthorizers();
        ReadGatewayResponses();
        foreach (var (path, members) in document.Named("paths"))
            foreach (var (member, _) in members)
                if (Extension.Verb(member) is { } verb) ReadMethod(path, verb, members.Part(member) ?? []);
        ReadSettings();
    }

    private void ReadSettings()
    {
        if (document.Text(Extension.ApiKeySource) is { } source) api.Document["apiKeySource"] = source;
        if (document.Number(Extension.MinimumCompression) is { } size) api.Document["minimumCompressionSize"] = size;
        foreach (var endpoint in document.Parts("servers").Select(server => server.Part(Extension.Endpoint)).OfType<JsonObject>())
        {
            if (endpoint.Flag("disableExecuteApiEndpoint") is { } isDisabled) api.Document["disableExecuteApiEndpoint"] = isDisabled;
            if (endpoint.List("vpcEndpointIds") is { } endpoints) api.Document.Part("endpointConfiguration")!["vpcEndpointIds"] = endpoints.DeepClone();
        }
        if (document.List(Extension.BinaryTypes) is { } types) api.Document["binaryMediaTypes"] = types.DeepClone();
        if (document.Part(Extension.Policy) is { } policy) api.Document["policy"] = JsonAnswer.Text(policy).Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    private void AddModel(string name, JsonNode? schema) => api.Below("models")[name] = new ApiNode(new()
    {
        ["id"] = tree.NewId(6), ["name"] = name, ["contentType"] = "application/json", ["schema"] = schema is null ? "{}" : JsonAnswer.Text(schema),
    });

    private void Add(string collection, Dictionary<string, string> ids, string name, JsonObject from)
    {
        var id = ids[name] = tree.NewId(6);
        var made = from.DeepClone().AsObject();
        (made["id"], made["name"]) = (id, name);
        api.Below(collection)[id] = new ApiNode(made);
    }

    private void ReadAuthorizers()
    {
        foreach (var (name, scheme) in document.Part("components").Named("securitySchemes"))
            if (scheme.Part(Extension.Authorizer) is { } details)
            {
                var made = details.DeepClone().AsObject();
                made["type"] = details.InUpper("type");
                Add("authorizers", _authorizers, name, made);
            }
    }

    private void ReadGatewayResponses()
    {
        foreach (var (type, response) in document.Named(Extension.GatewayResponses))
        {
            var made = response.DeepClone().AsObject();
            (made["responseType"], made["defaultResponse"]) = (type, false);
            api.Below("gatewayresponses")[type] = new ApiNode(made);
        }
    }

    private JsonObject Resource(string path)
    {
        if (_resources.TryGetValue(path, out var known)) return known;
        var at = path.LastIndexOf('/');
        var parent = Resource(at == 0 ? "/" : path[..at]);
        var made = new JsonObject { ["id"] = tree.NewId(6), ["parentId"] = parent.Need("id"), ["pathPart"] = path[(at + 1)..], ["path"] = path };
        api.Below("resources").Add(made.Need("id"), new ApiNode(made));
        return _resources[path] = made;
    }

    private void ReadMethod(string path, string verb, JsonObject operation)
    {
        if (!path.StartsWith('/')) throw ApiErrors.Bad($"Invalid path specified: {path}");
        var resource = Resource(path);
        var method = new JsonObject { ["httpMethod"] = verb, ["authorizationType"] = "NONE", ["apiKeyRequired"] = false }.With("operationName", operation.Text("operationId"));
        foreach (var security in operation.Parts("security"))
            foreach (var (scheme, _) in security) Secure(method, scheme, security.List(scheme));
        if (operation.Text(Extension.Validator) is { } validator)
            method["requestValidatorId"] = _validators.TryGetValue(validator, out var id) ? id : throw ApiErrors.Bad($"Invalid request validator: {validator}");
        var asked = operation.Parts("parameters").Where(each => each.Text("in") is "header" or "query" or "path").ToList();
        if (asked.Count > 0)
            method["requestParameters"] = new JsonObject([.. asked.Select(each => KeyValuePair.Create($"method.request.{(each.Text("in") == "query" ? "querystring" : each.Text("in"))}.{each.Need("name")}", (JsonNode?)(each.Flag("required") ?? false)))]);
        if (operation.Part("requestBody")?.Part("content") is { } content) method["requestModels"] = Models(content);
        method["methodResponses"] = new JsonObject([.. (operation.Part("responses") ?? []).Select(each => KeyValuePair.Create(each.Key, (JsonNode?)Response(each.Key, each.Value as JsonObject ?? [])))]);
        if (operation.Part(Extension.Integration) is { } integration) method["methodIntegration"] = Integration(integration, resource.Need("id"));
        (resource["resourceMethods"] ??= new JsonObject())[verb] = method;
    }

    private void Secure(JsonObject method, string scheme, JsonArray? scopes)
    {
        if (scheme == Extension.ApiKey) method["apiKeyRequired"] = true;
        else if (scheme == "sigv4") method["authorizationType"] = "AWS_IAM";
        else if (_authorizers.TryGetValue(scheme, out var id))
        {
            method["authorizationType"] = api.Below("authorizers")[id].Document.Text("type") == "COGNITO_USER_POOLS" ? "COGNITO_USER_POOLS" : "CUSTOM";
            method["authorizerId"] = id;
            if (scopes is { Count: > 0 }) method["authorizationScopes"] = scopes.DeepClone();
        }
        else throw ApiErrors.Bad($"Unable to find security scheme: {scheme}");
    }

    private static JsonObject Response(string code, JsonObject response)
    {
        var made = new JsonObject { ["statusCode"] = code };
        if (response.Part("headers") is { Count: > 0 } headers)
            made["responseParameters"] = new JsonObject([.. headers.Select(header => KeyValuePair.Create($"method.response.header.{header.Key}", (JsonNode?)false))]);
        return made.With("responseModels", response.Part("content") is { } content ? Models(content) : null);
    }

    private static JsonObject Models(JsonObject content) => new([.. content.Select(each =>
        KeyValuePair.Create(each.Key, (JsonNode?)((each.Value as JsonObject)?.Part("schema")?.Text("$ref")?.Split('/')[^1] ?? "Empty")))]);

    private static JsonObject Integration(JsonObject written, string resource)
    {
        var integration = new JsonObject().With("type", written.InUpper("type"));
        written.CopyTo(integration, Extension.Alike);
        integration["passthroughBehavior"] = written.InUpper("passthroughBehavior") ?? "WHEN_NO_MATCH";
        integration["timeoutInMillis"] ??= 29000;
        integration["cacheNamespace"] ??= resource;
        integration["cacheKeyParameters"] ??= new JsonArray();
        var responses = new JsonObject();
        foreach (var (pattern, said) in written.Named("responses"))
        {
            var response = said.DeepClone().AsObject();
            if (pattern != "default") response["selectionPattern"] = pattern;
            responses[response.Need("statusCode")] = response;
        }
        if (responses.Count > 0) integration["integrationResponses"] = responses;
        return integration;
    }
}
