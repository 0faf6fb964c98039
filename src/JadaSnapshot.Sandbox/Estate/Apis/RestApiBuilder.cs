using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Apis;

/// <summary>Makes a REST API with two stages, <c>production</c> and <c>staging</c>.</summary>
internal sealed class RestApiBuilder(EstateScript script, RestApiPlan plan)
{
    private readonly ApiAddresses _addresses = new(script.World.Account);
    private readonly string _api = $"/restapis/{plan.Id}";
    private readonly Dictionary<string, string> _resources = new(StringComparer.Ordinal);

    public async Task BuildAsync()
    {
        script.World.Get<Services.ApiGateway.ApiGatewayService>().Tree.Foretell(plan.Id);
        var api = await PostAsync("/restapis", new()
        {
            ["name"] = plan.Name,
            ["description"] = plan.Purpose,
            ["endpointConfiguration"] = new JsonObject { ["types"] = new JsonArray("REGIONAL") },
            ["tags"] = new JsonObject { ["site"] = EstateNames.Sites[plan.Id[0] % 3], ["owner"] = "crew" },
            ["policy"] = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:{{EstateNames.West}}:{{script.World.Account}}:{{plan.Id}}/*"}]}""",
            ["binaryMediaTypes"] = new JsonArray("image/*"),
        });
        _resources["/"] = (string)api["rootResourceId"]!;
        var authorizer = await AuthorizerAsync();
        var validator = (string)(await PostAsync($"{_api}/requestvalidators", new() { ["name"] = "body", ["validateRequestBody"] = true }))["id"]!;
        await PostAsync($"{_api}/models", new()
        {
            ["name"] = "Booking", ["contentType"] = "application/json",
            ["schema"] = """{"$schema":"http://json-schema.org/draft-04/schema#","title":"Booking","type":"object","required":["guest","day"],"properties":{"guest":{"type":"string"},"day":{"type":"string","format":"date"},"party":{"type":"integer","minimum":1}}}""",
        });
        foreach (var method in plan.Methods) await MethodAsync(method, authorizer, validator);
        await PutAsync($"{_api}/gatewayresponses/DEFAULT_4XX", new() { ["responseParameters"] = new JsonObject { ["gatewayresponse.header.Access-Control-Allow-Origin"] = "'*'" } });
        await PostAsync($"{_api}/documentation/parts", new() { ["location"] = new JsonObject { ["type"] = "API" }, ["properties"] = $$"""{"description":"{{plan.Purpose}}"}""" });
        await StageAsync("staging", "First");
        script.Clock.Pass(TimeSpan.FromDays(20));
        await StageAsync("production", "Release");
    }

    private async Task<string> AuthorizerAsync() => (string)(await PostAsync($"{_api}/authorizers", new()
    {
        ["name"] = "crew", ["type"] = "TOKEN", ["authorizerUri"] = _addresses.Invocation("crew-roster"),
        ["identitySource"] = "method.request.header.Authorization", ["identityValidationExpression"] = "^Bearer .+$", ["authorizerResultTtlInSeconds"] = 300,
    }))["id"]!;

    private async Task MethodAsync(RestMethod method, string authorizer, string validator)
    {
        var path = $"{_api}/resources/{await ResourceAsync(method.Path)}/methods/{method.Verb}";
        var body = new JsonObject { ["authorizationType"] = method.NeedsAuthorizer ? "CUSTOM" : "NONE", ["apiKeyRequired"] = method.NeedsKey };
        if (method.NeedsAuthorizer) body["authorizerId"] = authorizer;
        if (method.Model is not null) (body["requestModels"], body["requestValidatorId"]) = (new JsonObject { ["application/json"] = method.Model }, validator);
        var parameters = method.Path.Split('/').Where(part => part.StartsWith('{')).Select(part => $"method.request.path.{part.Trim('{', '}', '+')}").ToList();
        if (parameters.Count > 0) body["requestParameters"] = new JsonObject([.. parameters.Select(name => KeyValuePair.Create(name, (JsonNode?)true))]);
        await PutAsync(path, body);
        await PutAsync($"{path}/integration", method.Integration(_addresses, method.SecretHeader is { } header ? script.Secret(EstateSecrets.OfIntegration(plan.Name, header)) : null));
        await PutAsync($"{path}/responses/200", new() { ["responseModels"] = new JsonObject { ["application/json"] = "Empty" } });
        if (method.Verb == "OPTIONS") await PutAsync($"{path}/integration/responses/200", new() { ["responseTemplates"] = new JsonObject { ["application/json"] = "" } });
    }

    private async Task<string> ResourceAsync(string path)
    {
        if (_resources.TryGetValue(path, out var known)) return known;
        var at = path.LastIndexOf('/');
        var parent = await ResourceAsync(at == 0 ? "/" : path[..at]);
        return _resources[path] = (string)(await PostAsync($"{_api}/resources/{parent}", new() { ["pathPart"] = path[(at + 1)..] }))["id"]!;
    }

    private async Task StageAsync(string stage, string description)
    {
        var deployment = await PostAsync($"{_api}/deployments", new() { ["description"] = $"{description} of {plan.Name}" });
        var variables = new JsonObject([.. plan.Variables.Select(each => KeyValuePair.Create(each.Name, (JsonNode?)each.Value)), KeyValuePair.Create("stage", (JsonNode?)stage)]);
        foreach (var secret in EstateSecrets.StageVariables.Where(each => each.Api == plan.Name && each.Stage == stage))
            variables[secret.Variable] = secret.Value(script.Secret(secret.Name));
        await PostAsync($"{_api}/stages", new()
        {
            ["stageName"] = stage, ["deploymentId"] = (string)deployment["id"]!, ["description"] = $"{plan.Name}, {stage}", ["variables"] = variables, ["tracingEnabled"] = stage == "production",
            ["tags"] = new JsonObject { ["stage"] = stage },
        });
        await script.ApiAsync("PATCH", $"{_api}/stages/{stage}", new()
        {
            ["patchOperations"] = new JsonArray(
                Replace("/*/*/logging/loglevel", "ERROR"), Replace("/*/*/throttling/rateLimit", "50"), Replace("/*/*/throttling/burstLimit", "100"),
                Replace("/accessLogSettings/destinationArn", _addresses.LogGroup(plan.Name)), Replace("/accessLogSettings/format", "$context.requestId $context.status")),
        });
    }

    private static JsonObject Replace(string path, string value) => new() { ["op"] = "replace", ["path"] = path, ["value"] = value };

    private Task<JsonObject> PostAsync(string path, JsonObject body) => script.ApiAsync("POST", path, body);

    private Task<JsonObject> PutAsync(string path, JsonObject body) => script.ApiAsync("PUT", path.Replace("+", "%2B", StringComparison.Ordinal), body);
}
