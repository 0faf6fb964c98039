using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Apis;

/// <summary>Makes an HTTP API with one stage that deploys by itself.</summary>
internal sealed class HttpApiBuilder(EstateScript script, HttpApiPlan plan)
{
    private readonly ApiAddresses _addresses = new(script.World.Account);

    /// <summary>Answers with the id of the API.</summary>
    public async Task<string> BuildAsync()
    {
        var api = await script.ApiAsync("POST", "/v2/apis", new()
        {
            ["name"] = plan.Name, ["protocolType"] = "HTTP", ["description"] = plan.Purpose, ["tags"] = new JsonObject { ["owner"] = "crew" },
            ["corsConfiguration"] = new JsonObject { ["allowOrigins"] = new JsonArray([.. EstateNames.Sites.Select(site => JsonValue.Create($"https://{site}"))]), ["allowMethods"] = new JsonArray("GET", "POST"), ["maxAge"] = 600 },
        });
        var id = (string)api["apiId"]!;
        var authorizer = plan.Routes.Any(route => route.NeedsToken) ? await AuthorizerAsync(id) : null;
        foreach (var route in plan.Routes) await RouteAsync(id, route, authorizer);

        var variables = new JsonObject { ["api"] = plan.Name };
        foreach (var secret in EstateSecrets.StageVariables.Where(each => each.Api == plan.Name && each.Stage == plan.Stage)) variables[secret.Variable] = secret.Value(script.Secret(secret.Name));
        await script.ApiAsync("POST", $"/v2/apis/{id}/stages", new()
        {
            ["stageName"] = plan.Stage, ["autoDeploy"] = true, ["stageVariables"] = variables, ["tags"] = new JsonObject { ["stage"] = plan.Stage },
            ["defaultRouteSettings"] = new JsonObject { ["throttlingBurstLimit"] = 50, ["throttlingRateLimit"] = 25.5, ["detailedMetricsEnabled"] = true },
            ["accessLogSettings"] = new JsonObject { ["destinationArn"] = _addresses.LogGroup(plan.Name), ["format"] = "$context.requestId" },
        });
        return id;
    }

    private async Task<string> AuthorizerAsync(string api) => (string)(await script.ApiAsync("POST", $"/v2/apis/{api}/authorizers", new()
    {
        ["name"] = "accounts", ["authorizerType"] = "JWT", ["identitySource"] = new JsonArray("$request.header.Authorization"),
        ["jwtConfiguration"] = new JsonObject { ["issuer"] = "https://accounts.sailjada.com", ["audience"] = new JsonArray("crew") },
    }))["authorizerId"]!;

    private async Task RouteAsync(string api, HttpRoute route, string? authorizer)
    {
        var integration = route.Function is { } function
            ? new JsonObject { ["integrationType"] = "AWS_PROXY", ["integrationUri"] = _addresses.Function(function), ["payloadFormatVersion"] = "2.0" }
            : new JsonObject { ["integrationType"] = "HTTP_PROXY", ["integrationUri"] = route.Url, ["integrationMethod"] = "ANY", ["payloadFormatVersion"] = "1.0" };
        if (route.SecretHeader is { } header)
            integration["requestParameters"] = new JsonObject { [$"append:header.{header}"] = script.Secret(EstateSecrets.OfIntegration(plan.Name, header)), ["overwrite:path"] = "$request.path" };
        var made = await script.ApiAsync("POST", $"/v2/apis/{api}/integrations", integration);
        var body = new JsonObject { ["routeKey"] = route.Key, ["target"] = $"integrations/{(string)made["integrationId"]!}" };
        if (route.NeedsToken) (body["authorizationType"], body["authorizerId"]) = ("JWT", authorizer);
        await script.ApiAsync("POST", $"/v2/apis/{api}/routes", body);
    }
}
