using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>
/// Brings the stages of a REST API back, each with what it serves: a deployment that is still there is served again; what is gone is imported from the
/// export of its stage and deployed anew. The definition as it is between deployments is put back after that.
/// </summary>
internal sealed class RestApiStages(RestoreWork work, CancellationToken cancel)
{
    // Members that only the service writes, and those that are put by themselves.
    private static readonly string[] NotPatched = ["stageName", "tags", "createdDate", "lastUpdatedDate", "cacheClusterStatus", "methodSettings", "webAclArn"];
    private static readonly string[] NotCreated = ["cacheClusterStatus", "methodSettings", "accessLogSettings", "clientCertificateId", "webAclArn"];

    private static readonly (string Member, string Path)[] MethodSettings =
    [
        ("metricsEnabled", "metrics/enabled"), ("loggingLevel", "logging/loglevel"), ("dataTraceEnabled", "logging/dataTrace"),
        ("throttlingBurstLimit", "throttling/burstLimit"), ("throttlingRateLimit", "throttling/rateLimit"),
        ("cachingEnabled", "caching/enabled"), ("cacheTtlInSeconds", "caching/ttlInSeconds"), ("cacheDataEncrypted", "caching/dataEncrypted"),
        ("requireAuthorizationForCacheControl", "caching/requireAuthorizationForCacheControl"), ("unauthorizedCacheControlHeaderStrategy", "caching/unauthorizedCacheControlHeaderStrategy"),
    ];

    private static readonly ApiParts Deployments = new("deployments", "id", deployment => deployment.Text("id") ?? "");
    private static readonly ApiParts Stages = new(ApiDocuments.Stages, "", stage => stage.Text("stageName") ?? "");

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly ApiCalls _calls = new(work, Rest, cancel);
    private readonly string _api = WirePath.Of("/restapis/{}", work.RequiredId);

    public async Task PutAsync()
    {
        var isImported = await DeployAsync();
        var live = Stages.ByKey(await _calls.ListAsync(RestList("GetStages", $"{_api}/stages") with { Parameters = [] }));
        var wanted = Stages.ByKey(Stages.In(work.Documents));
        foreach (var (name, stage) in wanted) await PutAsync(stage, live.TryGetValue(name, out var known) ? known : await CreateAsync(stage));
        foreach (var name in live.Keys.Except(wanted.Keys)) await _calls.SendAsync("DeleteStage", "DELETE", WirePath.Of(_api + "/stages/{}", name));
        if (!isImported) return;
        await RestApiRestorer.PutSettingsAsync(work, cancel);
        await new RestApiDefinition(work, cancel).PutAsync();
    }

    private async Task<bool> DeployAsync()
    {
        var served = Stages.In(work.Original).Where(stage => stage.Text("deploymentId") is not null).ToLookup(stage => stage.Text("deploymentId")!, StringComparer.Ordinal);
        _known.UnionWith((await _calls.ListAsync(RestList("GetDeployments", $"{_api}/deployments"))).Select(Deployments.Key));
        var isImported = false;
        foreach (var deployment in Deployments.In(work.Original).OrderBy(deployment => deployment.Number("createdDate")))
        {
            var id = Deployments.Key(deployment);
            if (!served.Contains(id) || _known.Contains(work.Map.Of(id))) continue;
            isImported |= await ImportAsync([.. served[id].Select(Stages.Key)]);
            var made = await _calls.SendAsync("CreateDeployment", "POST", $"{_api}/deployments", JsonText.Object(json => json.WriteVerbatim("description", deployment.Member("description"))));
            _calls.Learn(id, made.Text("id"));
            _known.Add(Deployments.Key(made));
        }
        return isImported;
    }

    // Where there is no export, what the API is now is the nearest to what the stage served.
    private async Task<bool> ImportAsync(IReadOnlyList<string> stages)
    {
        if (stages.Select(stage => $"exports/{PathNames.FromName(stage)}.json").FirstOrDefault(file => work.Has(file)) is { } export)
        {
            var (document, missing) = await work.ReadDocumentAsync(export, cancel);
            if (missing.Count == 0)
            {
                await _calls.SendAsync("PutRestApi", "PUT", _api, document, new KeyValuePair<string, string>("mode", "overwrite"));
                return true;
            }
            work.Note($"What {string.Join(", ", stages)} served could not be imported: the value of {string.Join(", ", missing)} is not known. The API was deployed to it as it is now.");
        }
        else work.Note($"The snapshot has no export of {string.Join(", ", stages)}. The API was deployed to it as it is now.");
        await new RestApiDefinition(work, cancel).PutAsync();
        return false;
    }

    private async Task<JsonElement> CreateAsync(JsonElement stage)
    {
        var made = await _calls.SendOnceAsync("CreateStage", "POST", $"{_api}/stages", Request(stage));
        return made.ValueKind != JsonValueKind.Undefined ? made : await _calls.FindAsync("GetStage", WirePath.Of(_api + "/stages/{}", Stages.Key(stage)));
    }

    private byte[] Request(JsonElement stage) => JsonText.Object(json =>
    {
        var canary = stage.Member("canarySettings");
        ApiCalls.WriteWithout(json, stage, [.. NotCreated, "canarySettings"]);
        // What a canary serves is in no export.
        if (_known.Contains(canary.Text("deploymentId") ?? "")) json.WriteVerbatim("canarySettings", canary);
        else if (canary.ValueKind == JsonValueKind.Object) work.Note($"The canary of {Stages.Key(stage)} was not made: what it served is in no export.");
    });

    private async Task PutAsync(JsonElement stage, JsonElement live)
    {
        var patch = new ApiPatch().Add(stage, live, live.Member("canarySettings").ValueKind == JsonValueKind.Object ? NotPatched : [.. NotPatched, "canarySettings"]);
        AddMethodSettings(patch, stage.Member("methodSettings"), live.Member("methodSettings"));
        var path = WirePath.Of("/restapis/{}/stages/{}", work.RequiredId, Stages.Key(stage));
        await _calls.PatchAsync("UpdateStage", path, patch);
        await _calls.PutTagsAsync($"arn:{work.Resource.Arn?.Split(':')[1] ?? "aws"}:apigateway:{work.Region}::{path}", stage.Member("tags"), live.Member("tags"));
    }

    private static void AddMethodSettings(ApiPatch patch, JsonElement wanted, JsonElement live)
    {
        var (settings, had) = (ByMethod(wanted), ByMethod(live));
        foreach (var method in had.Keys.Except(settings.Keys)) patch.Add("remove", $"/{Path(method)}");
        foreach (var (method, setting) in settings)
            foreach (var (member, path) in MethodSettings)
                if (setting.Member(member) is { ValueKind: not JsonValueKind.Undefined } value && ApiPatch.Differs(value, had.GetValueOrDefault(method).Member(member)))
                    patch.Add("replace", $"/{Path(method)}/{path}", value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean().ToString(CultureInfo.InvariantCulture).ToLowerInvariant() : value.ToString());
    }

    // The method is the last word; slashes in the path before it are escaped.
    private static string Path(string method) => method.LastIndexOf('/') is var at and > 0 ? $"{method[..at].Replace("/", "~1", StringComparison.Ordinal)}/{method[(at + 1)..]}" : method;

    private static Dictionary<string, JsonElement> ByMethod(JsonElement settings) =>
        settings.ValueKind == JsonValueKind.Object ? settings.EnumerateObject().ToDictionary(method => method.Name, method => method.Value, StringComparer.Ordinal) : [];
}
