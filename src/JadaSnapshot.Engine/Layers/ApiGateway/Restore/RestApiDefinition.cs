using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Makes the definition of a REST API what the documents say, part by part, so that what is equal stays and keeps its id.</summary>
internal sealed class RestApiDefinition(RestoreWork work, CancellationToken cancel)
{
    private static readonly ApiParts Models = new("models", "id", model => model.Text("name") ?? "");
    private static readonly ApiParts Authorizers = new("authorizers", "id", authorizer => authorizer.Text("name") ?? "");
    private static readonly ApiParts Validators = new("request-validators", "id", validator => validator.Text("name") ?? "");
    private static readonly ApiParts Documentation = new("documentation-parts", "id", part => string.Join(' ', part.Member("location").Texts().OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}")));
    private static readonly ApiParts Resources = new(ApiDocuments.Resources, "id", resource => resource.Text("path") ?? "");
    private static readonly ApiParts Responses = new("gateway-responses", "", response => response.Text("responseType") ?? "");
    private static readonly ApiParts Versions = new("documentation-versions", "", version => version.Text("version") ?? "");

    private readonly ApiCalls _calls = new(work, Rest, cancel);
    private readonly string _api = WirePath.Of("/restapis/{}", work.RequiredId);

    /// <summary>The ids of parts that stand for one another.</summary>
    public static IEnumerable<(string From, string To)> Counterparts(ResourceDocuments snapshot, ResourceDocuments live) =>
        new[] { Models, Authorizers, Validators, Documentation, Resources }.SelectMany(parts => parts.Counterparts(snapshot, live));

    /// <summary>All of what a deployment takes up.</summary>
    public async Task PutAsync()
    {
        await PutModelsAsync();
        await PutAuthorizersAsync();
        await PutValidatorsAsync();
        await PutResourcesAsync();
        await PutResponsesAsync();
    }

    public async Task PutModelsAsync() => await Models.PutAsync(
        work, _calls, () => ListAsync("GetModels", "models"),
        model => _calls.SendAsync("CreateModel", "POST", $"{_api}/models", model, "id"),
        (model, live) => _calls.PatchAsync("UpdateModel", $"{_api}/models/{Label(model, "name")}", new ApiPatch().Add(model, live, "id", "name", "contentType")),
        model => FreeAndDeleteAsync("DeleteModel", $"{_api}/models/{Label(model, "name")}"));

    public async Task PutAuthorizersAsync() => await Authorizers.PutAsync(
        work, _calls, () => ListAsync("GetAuthorizers", "authorizers"),
        authorizer => _calls.SendAsync("CreateAuthorizer", "POST", $"{_api}/authorizers", authorizer, "id"),
        (authorizer, live) => _calls.PatchAsync("UpdateAuthorizer", $"{_api}/authorizers/{Label(live, "id")}", new ApiPatch().Add(authorizer, live, "id")),
        authorizer => FreeAndDeleteAsync("DeleteAuthorizer", $"{_api}/authorizers/{Label(authorizer, "id")}"));

    public async Task PutValidatorsAsync() => await Validators.PutAsync(
        work, _calls, () => ListAsync("GetRequestValidators", "requestvalidators"),
        validator => _calls.SendAsync("CreateRequestValidator", "POST", $"{_api}/requestvalidators", validator, "id"),
        (validator, live) => _calls.PatchAsync("UpdateRequestValidator", $"{_api}/requestvalidators/{Label(live, "id")}", new ApiPatch().Add(validator, live, "id")),
        validator => FreeAndDeleteAsync("DeleteRequestValidator", $"{_api}/requestvalidators/{Label(validator, "id")}"));

    public async Task PutDocumentationAsync() => await Documentation.PutAsync(
        work, _calls, () => ListAsync("GetDocumentationParts", "documentation/parts"),
        part => _calls.SendAsync("CreateDocumentationPart", "POST", $"{_api}/documentation/parts", part, "id"),
        (part, live) => _calls.PatchAsync("UpdateDocumentationPart", $"{_api}/documentation/parts/{Label(live, "id")}", new ApiPatch().Add(part, live, "id", "location")),
        part => DeleteAsync("DeleteDocumentationPart", $"{_api}/documentation/parts/{Label(part, "id")}"));

    /// <summary>A version is a copy of all parts as they were, of which only those that there are now were captured.</summary>
    public async Task PutVersionsAsync() => await Versions.PutAsync(
        work, _calls, () => ListAsync("GetDocumentationVersions", "documentation/versions"),
        async version =>
        {
            work.Note($"The version {version.Text("version")} of the documentation holds its parts as they are now.");
            return await _calls.SendAsync("CreateDocumentationVersion", "POST", $"{_api}/documentation/versions", JsonText.Object(json =>
            {
                json.WriteVerbatim("documentationVersion", version.Member("version"));
                json.WriteVerbatim("description", version.Member("description"));
            }));
        },
        (version, live) => _calls.PatchAsync("UpdateDocumentationVersion", $"{_api}/documentation/versions/{Label(live, "version")}", new ApiPatch().Add(version, live, "version", "createdDate")),
        version => DeleteAsync("DeleteDocumentationVersion", $"{_api}/documentation/versions/{Label(version, "version")}"));

    /// <summary>Each type of response is always there; what an API does not say itself is the service's.</summary>
    public async Task PutResponsesAsync()
    {
        var live = Responses.ByKey(await ListAsync("GetGatewayResponses", "gatewayresponses"));
        foreach (var wanted in Responses.In(work.Documents))
        {
            var path = $"{_api}/gatewayresponses/{Label(wanted, "responseType")}";
            var had = live.GetValueOrDefault(Responses.Key(wanted));
            if (!ApiPatch.Differs(wanted, had)) continue;
            if (wanted.Flag("defaultResponse") != true) await _calls.SendAsync("PutGatewayResponse", "PUT", path, wanted, "responseType", "defaultResponse");
            else if (had.Flag("defaultResponse") == false) await DeleteAsync("DeleteGatewayResponse", path);
        }
    }

    public async Task PutResourcesAsync()
    {
        var live = Resources.ByKey(await ListAsync("GetResources", "resources", new KeyValuePair<string, string>("embed", "methods")));
        // What stands above comes first.
        foreach (var resource in Resources.In(work.Original).OrderBy(resource => Resources.Key(resource), StringComparer.Ordinal))
        {
            var path = Resources.Key(resource);
            if (!live.TryGetValue(path, out var there)) live[path] = there = await CreateAsync(resource, live[path[..path.LastIndexOf('/')] is { Length: > 0 } parent ? parent : "/"]);
            _calls.Learn(resource.Text("id"), there.Text("id"));
        }
        var wanted = Resources.ByKey(Resources.In(work.Documents));
        foreach (var (path, resource) in wanted) await PutMethodsAsync(resource.Member("resourceMethods"), live[path].Member("resourceMethods"), $"{_api}/resources/{Label(live[path], "id")}/methods");
        var gone = live.Where(each => !wanted.ContainsKey(each.Key)).OrderBy(each => each.Key, StringComparer.Ordinal).ToList();
        foreach (var (path, resource) in gone.Where(each => !gone.Any(other => each.Key.StartsWith(other.Key + "/", StringComparison.Ordinal))))
            await DeleteAsync("DeleteResource", $"{_api}/resources/{Label(resource, "id")}");
    }

    private async Task<JsonElement> CreateAsync(JsonElement resource, JsonElement parent)
    {
        var made = await _calls.SendOnceAsync("CreateResource", "POST", $"{_api}/resources/{Label(parent, "id")}", JsonText.Object(json => json.WriteVerbatim("pathPart", resource.Member("pathPart"))));
        return made.ValueKind != JsonValueKind.Undefined ? made : Resources.ByKey(await ListAsync("GetResources", "resources", new KeyValuePair<string, string>("embed", "methods")))[Resources.Key(resource)];
    }

    // A method that differs is made anew: no stage sees it before it is deployed.
    private async Task PutMethodsAsync(JsonElement wanted, JsonElement live, string path)
    {
        foreach (var verb in Names(wanted).Union(Names(live)).ToList())
        {
            if (!ApiPatch.Differs(wanted.Member(verb), live.Member(verb))) continue;
            var method = WirePath.Of(path + "/{}", verb);
            if (live.Member(verb).ValueKind != JsonValueKind.Undefined) await DeleteAsync("DeleteMethod", method);
            if (wanted.Member(verb).ValueKind != JsonValueKind.Undefined) await PutMethodAsync(wanted.Member(verb), method);
        }
    }

    private async Task PutMethodAsync(JsonElement method, string path)
    {
        await _calls.SendOnceAsync("PutMethod", "PUT", path, ApiCalls.Without(method, "httpMethod", "methodIntegration", "methodResponses"));
        await PutResponsesAsync("PutMethodResponse", method.Member("methodResponses"), $"{path}/responses");
        if (method.Member("methodIntegration") is not { ValueKind: JsonValueKind.Object } integration) return;
        await _calls.SendAsync("PutIntegration", "PUT", $"{path}/integration", integration, "integrationResponses");
        await PutResponsesAsync("PutIntegrationResponse", integration.Member("integrationResponses"), $"{path}/integration/responses");
    }

    private async Task PutResponsesAsync(string operation, JsonElement responses, string path)
    {
        foreach (var status in Names(responses)) await _calls.SendOnceAsync(operation, "PUT", WirePath.Of(path + "/{}", status), ApiCalls.Without(responses.Member(status), "statusCode"));
    }

    private Task<List<JsonElement>> ListAsync(string operation, string collection, params IReadOnlyList<KeyValuePair<string, string>> parameters) => _calls.ListAsync(RestList(operation, $"{_api}/{collection}", parameters));

    private Task<JsonElement> DeleteAsync(string operation, string path) => _calls.SendAsync(operation, "DELETE", path);

    // What a method still refers to is free once the methods are the snapshot's.
    private async Task FreeAndDeleteAsync(string operation, string path)
    {
        try
        {
            await DeleteAsync(operation, path);
        }
        catch (ServiceException exception) when (exception.Code == "ConflictException")
        {
            await PutResourcesAsync();
            await DeleteAsync(operation, path);
        }
    }

    private static string Label(JsonElement part, string member) => Uri.EscapeDataString(part.Text(member) ?? "");

    private static List<string> Names(JsonElement element) => element.ValueKind == JsonValueKind.Object ? [.. element.EnumerateObject().Select(member => member.Name)] : [];
}
