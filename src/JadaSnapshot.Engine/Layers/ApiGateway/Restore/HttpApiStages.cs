using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>
/// Brings the stages of an HTTP or a WebSocket API back. Those that deploy by themselves serve the API as it is; of the others each serves what its export
/// says, and WebSocket APIs, which have no exports, as they are.
/// </summary>
internal sealed class HttpApiStages(RestoreWork work, CancellationToken cancel)
{
    private static readonly string[] Written = ["lastDeploymentStatusMessage", "apiGatewayManaged", "tags"];
    private static readonly ApiParts Deployments = new("deployments", "deploymentId", deployment => deployment.Text("deploymentId") ?? "");
    private static readonly ApiParts Stages = new(ApiDocuments.Stages, "deploymentId", stage => stage.Text("stageName") ?? "");

    private readonly ApiCalls _calls = new(work, Http, cancel);
    private readonly string _api = WirePath.Of("/v2/apis/{}", work.RequiredId);

    /// <summary>What deploys by itself serves the API as it is: the number says nothing.</summary>
    public static IEnumerable<(string From, string To)> Counterparts(ResourceDocuments snapshot, ResourceDocuments live) => Stages.Counterparts(Stages.In(snapshot).Where(IsAutomatic), Stages.In(live).Where(IsAutomatic));

    public async Task PutAsync()
    {
        var isImported = await DeployAsync();
        if (isImported) await new HttpApiDefinition(work, cancel).PutAsync();
        var live = Stages.ByKey(await ListAsync());
        var wanted = Stages.ByKey(Stages.In(work.Documents));
        foreach (var (name, stage) in wanted)
            if (live.TryGetValue(name, out var known)) await PutAsync(stage, known);
            else await _calls.SendOnceAsync("CreateStage", "POST", $"{_api}/stages", JsonText.Object(json =>
            {
                ApiCalls.WriteWithout(json, stage, [.. Written, .. IsAutomatic(stage) ? ["deploymentId"] : (string[])[]]);
                json.WriteVerbatim("tags", stage.Member("tags"));
            }));
        foreach (var name in live.Keys.Except(wanted.Keys)) await _calls.SendAsync("DeleteStage", "DELETE", PathOf(name));
        foreach (var (from, to) in Stages.Counterparts(Stages.In(work.Original).Where(IsAutomatic), (await ListAsync()).Where(IsAutomatic))) _calls.Learn(from, to);
        if (isImported) await HttpApiRestorer.PutSettingsAsync(work, cancel);
    }

    private async Task<bool> DeployAsync()
    {
        var served = Stages.In(work.Original).Where(stage => !IsAutomatic(stage) && stage.Text("deploymentId") is not null).ToLookup(stage => stage.Text("deploymentId")!, StringComparer.Ordinal);
        if (served.Count == 0) return false;
        var known = (await _calls.ListAsync(HttpList("GetDeployments", $"{_api}/deployments"))).Select(Deployments.Key).ToHashSet(StringComparer.Ordinal);
        var isImported = false;
        foreach (var deployment in Deployments.In(work.Original).OrderBy(deployment => deployment.Text("createdDate"), StringComparer.Ordinal))
        {
            var id = Deployments.Key(deployment);
            if (!served.Contains(id) || known.Contains(work.Map.Of(id))) continue;
            isImported |= await ImportAsync([.. served[id].Select(Stages.Key)]);
            var made = await _calls.SendAsync("CreateDeployment", "POST", $"{_api}/deployments", JsonText.Object(json => json.WriteVerbatim("description", deployment.Member("description"))));
            _calls.Learn(id, made.Text("deploymentId"));
        }
        return isImported;
    }

    private async Task<bool> ImportAsync(IReadOnlyList<string> stages)
    {
        var export = stages.Select(stage => $"exports/{PathNames.FromName(stage)}.json").FirstOrDefault(file => work.Has(file));
        var (document, missing) = export is null ? ([], []) : await work.ReadDocumentAsync(export, cancel);
        if (export is not null && missing.Count == 0)
        {
            await _calls.SendAsync("ReimportApi", "PUT", _api, JsonText.Object(json => json.WriteString("body", Encoding.UTF8.GetString(document))));
            return true;
        }
        work.Note($"The API was deployed to {string.Join(", ", stages)} as it is now: {(export is null ? "the snapshot has no export of what it served" : $"the value of {string.Join(", ", missing)} is not known")}.");
        return false;
    }

    private async Task PutAsync(JsonElement stage, JsonElement live)
    {
        var path = PathOf(Stages.Key(stage));
        if (ApiPatch.Differs(stage, live))
            await _calls.SendAsync("UpdateStage", "PATCH", path, stage, [.. Written, "stageName", .. IsAutomatic(stage) ? ["deploymentId"] : (string[])[]]);
        if (live.Member("accessLogSettings").ValueKind == JsonValueKind.Object && stage.Member("accessLogSettings").ValueKind == JsonValueKind.Undefined)
            await _calls.SendAsync("DeleteAccessLogSettings", "DELETE", $"{path}/accesslogsettings");
        await _calls.PutTagsAsync($"arn:{work.Resource.Arn?.Split(':')[1] ?? "aws"}:apigateway:{work.Region}::{WirePath.Of("/apis/{}/stages/", work.RequiredId)}{Stages.Key(stage)}", stage.Member("tags"), live.Member("tags"));
    }

    private Task<List<JsonElement>> ListAsync() => _calls.ListAsync(HttpList("GetStages", $"{_api}/stages"));

    private string PathOf(string stage) => WirePath.Of(_api + "/stages/{}", stage);

    private static bool IsAutomatic(JsonElement stage) => stage.Flag("autoDeploy") == true;
}
