using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Makes the definition of an HTTP or a WebSocket API what the documents say, part by part.</summary>
internal sealed class HttpApiDefinition(RestoreWork work, CancellationToken cancel)
{
    private const string Integration = "integrationId";
    private const string RouteResponses = "route-responses/", IntegrationResponses = "integration-responses/";

    private static readonly ApiParts Authorizers = new("authorizers", "authorizerId", authorizer => authorizer.Text("name") ?? "");
    private static readonly ApiParts Models = new("models", "modelId", model => model.Text("name") ?? "");
    private static readonly ApiParts Integrations = new(ApiDocuments.Integrations, Integration, integration => integration.Text(Integration) ?? "");
    private static readonly ApiParts Routes = new(ApiDocuments.Routes, "routeId", route => route.Text("routeKey") ?? "");

    private readonly ApiCalls _calls = new(work, Http, cancel);
    private readonly string _api = WirePath.Of("/v2/apis/{}", work.RequiredId);

    /// <summary>The ids of parts that stand for one another.</summary>
    public static IEnumerable<(string From, string To)> Counterparts(ResourceDocuments snapshot, ResourceDocuments live)
    {
        List<(string From, string To)> pairs =
        [
            .. new[] { Authorizers, Models, Routes }.SelectMany(parts => parts.Counterparts(snapshot, live)),
            .. OfIntegrations(snapshot, [.. Routes.In(live)], [.. Integrations.In(live)]),
        ];
        foreach (var (from, to) in pairs.ToList())
            foreach (var (folder, id, key) in new[] { (RouteResponses, "routeResponseId", "routeResponseKey"), (IntegrationResponses, "integrationResponseId", "integrationResponseKey") })
                pairs.AddRange(Responses(id, key).Counterparts(Responses(id, key, folder + PathNames.FromName(from)).In(snapshot), Responses(id, key, folder + PathNames.FromName(to)).In(live)));
        return pairs;
    }

    /// <summary>All of what a deployment takes up.</summary>
    public async Task PutAsync()
    {
        await PutModelsAsync();
        await PutAuthorizersAsync();
        await PutIntegrationsAsync();
        await PutRoutesAsync();
        await PutResponsesAsync(ofRoutes: false);
        await PutResponsesAsync(ofRoutes: true);
    }

    public async Task PutModelsAsync() => await Models.PutAsync(
        work, _calls, () => ListAsync("GetModels", "models"),
        model => _calls.SendAsync("CreateModel", "POST", $"{_api}/models", model, "modelId"),
        (model, live) => _calls.SendAsync("UpdateModel", "PATCH", $"{_api}/models/{Label(live, "modelId")}", model, "modelId"),
        model => _calls.SendAsync("DeleteModel", "DELETE", $"{_api}/models/{Label(model, "modelId")}"));

    public async Task PutAuthorizersAsync() => await Authorizers.PutAsync(
        work, _calls, () => ListAsync("GetAuthorizers", "authorizers"),
        authorizer => _calls.SendAsync("CreateAuthorizer", "POST", $"{_api}/authorizers", authorizer, "authorizerId"),
        (authorizer, live) => _calls.SendAsync("UpdateAuthorizer", "PATCH", $"{_api}/authorizers/{Label(live, "authorizerId")}", authorizer, "authorizerId"),
        authorizer => FreeAndDeleteAsync("DeleteAuthorizer", $"{_api}/authorizers/{Label(authorizer, "authorizerId")}", async () =>
        {
            await PutIntegrationsAsync();
            await PutRoutesAsync();
        }));

    /// <summary>An integration is known by the first route that leads to it; one that none leads to is not told from others of the kind.</summary>
    public async Task PutIntegrationsAsync()
    {
        var (live, routes) = (await ListAsync("GetIntegrations", "integrations"), await ListAsync("GetRoutes", "routes"));
        var counterparts = OfIntegrations(work.Original, routes, live).ToDictionary(pair => pair.To, pair => pair.From, StringComparer.Ordinal);
        var parts = Integrations with { Key = integration => counterparts.GetValueOrDefault(Integrations.Key(integration)) ?? Integrations.Key(integration) };
        await parts.PutAsync(
            work, _calls, () => ListAsync("GetIntegrations", "integrations"),
            integration => _calls.SendAsync("CreateIntegration", "POST", $"{_api}/integrations", integration, Integration, "apiGatewayManaged", "integrationResponseSelectionExpression"),
            (integration, known) => ChangeIntegrationAsync(integration, known),
            integration => FreeAndDeleteAsync("DeleteIntegration", $"{_api}/integrations/{Label(integration, Integration)}", PutRoutesAsync));
    }

    public async Task PutRoutesAsync() => await Routes.PutAsync(
        work, _calls, () => ListAsync("GetRoutes", "routes"),
        route => _calls.SendAsync("CreateRoute", "POST", $"{_api}/routes", route, "routeId", "apiGatewayManaged"),
        (route, live) => ChangeRouteAsync(route, live),
        route => _calls.SendAsync("DeleteRoute", "DELETE", $"{_api}/routes/{Label(route, "routeId")}"));

    /// <summary>What WebSocket APIs answer.</summary>
    public async Task PutResponsesAsync(bool ofRoutes)
    {
        var (folder, kind, above) = ofRoutes ? (RouteResponses, "RouteResponse", "routes") : (IntegrationResponses, "IntegrationResponse", "integrations");
        var (id, key) = ofRoutes ? ("routeResponseId", "routeResponseKey") : ("integrationResponseId", "integrationResponseKey");
        foreach (var owner in work.DocumentNames.Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Select(name => Compare.ResourceDifferences.WithoutPage(name)[folder.Length..^".json".Length]).Distinct().ToList())
        {
            var path = $"{_api}/{above}/{Uri.EscapeDataString(work.Map.Of(owner))}/{kind.ToLowerInvariant()}s";
            await Responses(id, key, folder + owner).PutAsync(
                work, _calls, () => _calls.ListAsync(HttpList($"Get{kind}s", path)),
                response => _calls.SendAsync($"Create{kind}", "POST", path, response, id),
                (response, live) => _calls.SendAsync($"Update{kind}", "PATCH", $"{path}/{Label(live, id)}", response, id),
                response => _calls.SendAsync($"Delete{kind}", "DELETE", $"{path}/{Label(response, id)}"));
        }
    }

    // A change says only what becomes otherwise; what has to go is made anew.
    private async Task ChangeRouteAsync(JsonElement route, JsonElement live)
    {
        if (Lacks(route, live)) await _calls.SendAsync("DeleteRoute", "DELETE", $"{_api}/routes/{Label(live, "routeId")}");
        else await _calls.SendAsync("UpdateRoute", "PATCH", $"{_api}/routes/{Label(live, "routeId")}", route, "routeId", "apiGatewayManaged");
        if (Lacks(route, live))
            _calls.Learn(Routes.ByKey(Routes.In(work.Original))[Routes.Key(live)].Text("routeId"), (await _calls.SendAsync("CreateRoute", "POST", $"{_api}/routes", route, "routeId", "apiGatewayManaged")).Text("routeId"));
    }

    private Task<JsonElement> ChangeIntegrationAsync(JsonElement integration, JsonElement live)
    {
        var gone = Names(live.Member("requestParameters")).Except(Names(integration.Member("requestParameters"))).ToList();
        return _calls.SendAsync("UpdateIntegration", "PATCH", $"{_api}/integrations/{Label(live, Integration)}", JsonText.Object(json =>
        {
            ApiCalls.WriteWithout(json, integration, [Integration, "apiGatewayManaged", "integrationResponseSelectionExpression", .. gone.Count > 0 ? ["requestParameters"] : (string[])[]]);
            if (gone.Count == 0) return;
            // An empty text takes a parameter away.
            json.WriteStartObject("requestParameters");
            foreach (var (name, value) in integration.Member("requestParameters").Texts()) json.WriteString(name, value);
            foreach (var name in gone) json.WriteString(name, "");
            json.WriteEndObject();
        }));
    }

    private static bool Lacks(JsonElement wanted, JsonElement live) => Names(live).Except(Names(wanted)).Any() || Names(live.Member("requestParameters")).Except(Names(wanted.Member("requestParameters"))).Any();

    private static ApiParts Responses(string id, string key, string document = "") => new(document, id, response => response.Text(key) ?? "");

    // The same ids where they are still there; else by the first route that leads to one.
    private static IEnumerable<(string From, string To)> OfIntegrations(ResourceDocuments snapshot, IReadOnlyList<JsonElement> routes, IReadOnlyList<JsonElement> live)
    {
        List<string> own = [.. Integrations.In(snapshot).Select(Integrations.Key)];
        var there = live.Select(Integrations.Key).ToHashSet(StringComparer.Ordinal);
        var firstRoute = FirstRoutes([.. Routes.In(snapshot)]);
        var byRoute = FirstRoutes(routes).Where(each => there.Contains(each.Key) && !own.Contains(each.Key)).ToDictionary(each => each.Value, each => each.Key, StringComparer.Ordinal);
        foreach (var from in own)
            if (there.Contains(from)) yield return (from, from);
            else if (firstRoute.TryGetValue(from, out var route) && byRoute.TryGetValue(route, out var to)) yield return (from, to);
    }

    private static Dictionary<string, string> FirstRoutes(IEnumerable<JsonElement> routes) => routes
        .Where(route => route.Text("target")?.StartsWith("integrations/", StringComparison.Ordinal) == true)
        .GroupBy(route => route.Text("target")!["integrations/".Length..], StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.Select(Routes.Key).Min(StringComparer.Ordinal)!, StringComparer.Ordinal);

    private Task<List<JsonElement>> ListAsync(string operation, string collection) => _calls.ListAsync(HttpList(operation, $"{_api}/{collection}"));

    private async Task FreeAndDeleteAsync(string operation, string path, Func<Task> free)
    {
        try
        {
            await _calls.SendAsync(operation, "DELETE", path);
        }
        catch (ServiceException exception) when (exception.Code == "ConflictException")
        {
            await free();
            await _calls.SendAsync(operation, "DELETE", path);
        }
    }

    private static string Label(JsonElement part, string member) => Uri.EscapeDataString(part.Text(member) ?? "");

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(member => member.Name) : [];
}
