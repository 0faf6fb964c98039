using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Brings HTTP and WebSocket APIs back (<see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/operations.html"/>).</summary>
internal sealed class HttpApiRestorer : Restorer
{
    private static readonly string[] Written = ["apiId", "apiEndpoint", "apiGatewayManaged", "importInfo", "warnings"];

    public override string Layer => ApiGatewayLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [ApiKinds.HttpApi, ApiKinds.WebSocketApi];

    public override RestorePhase Phase => RestorePhase.Apis;

    // Each refers to what stands before it; stages deploy what there is.
    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(ApiDocuments.Api, PutSettingsAsync) { IsInCreate = true },
        new("models.json", (work, cancel) => new HttpApiDefinition(work, cancel).PutModelsAsync()),
        new("authorizers.json", (work, cancel) => new HttpApiDefinition(work, cancel).PutAuthorizersAsync()),
        new("integrations.json", (work, cancel) => new HttpApiDefinition(work, cancel).PutIntegrationsAsync()),
        new("integration-responses/*", (work, cancel) => new HttpApiDefinition(work, cancel).PutResponsesAsync(ofRoutes: false)) { RemoveAsync = (_, _) => Task.CompletedTask },
        new("routes.json", (work, cancel) => new HttpApiDefinition(work, cancel).PutRoutesAsync()),
        new("route-responses/*", (work, cancel) => new HttpApiDefinition(work, cancel).PutResponsesAsync(ofRoutes: true)) { RemoveAsync = (_, _) => Task.CompletedTask },
        new("stages.json", (work, cancel) => new HttpApiStages(work, cancel).PutAsync()),
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new("deployments.json", "*", "is the history of deployments, of which those come back that a stage serves"),
        new("stages.json", "*lastDeploymentStatusMessage", "is what became of the last deployment"),
        new(ApiDocuments.Api, "version", "is the version of an import, where none was given"),
    ];

    public override int Rank(string kind) => 1;

    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override bool CanDelete(string kind) => true;

    public override IEnumerable<(string From, string To)> Counterparts(ResourceDocuments snapshot, ResourceDocuments live) =>
        [.. HttpApiDefinition.Counterparts(snapshot, live), .. HttpApiStages.Counterparts(snapshot, live)];

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Http, cancel);
        var api = work.Documents.Json(ApiDocuments.Api);
        var made = await calls.CreateOnceAsync(
            api, ApiKinds.HttpApis.List, "apiId",
            tags => calls.SendAsync("CreateApi", "POST", "/v2/apis", JsonText.Object(json =>
            {
                ApiCalls.WriteWithout(json, api, [.. Written, "tags"]);
                tags(json);
            })),
            id => calls.SendAsync("DeleteApi", "DELETE", WirePath.Of("/v2/apis/{}", id)));
        work.Created(made.Text("apiId")!, ArnOf(work, made.Text("apiId")!));
        await PutSettingsAsync(work, cancel);
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        new ApiCalls(work, Http, cancel).SendAsync("DeleteApi", "DELETE", WirePath.Of("/v2/apis/{}", work.RequiredId));

    /// <summary>Makes what an API says of itself what the snapshot says.</summary>
    public static async Task PutSettingsAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Http, cancel);
        var path = WirePath.Of("/v2/apis/{}", work.RequiredId);
        var (api, live) = (work.Documents.Json(ApiDocuments.Api), await calls.FindAsync("GetApi", path));
        await calls.PutTagsAsync(ArnOf(work, work.RequiredId), api.Member("tags"), live.Member("tags"));
        if (live.Member("corsConfiguration").ValueKind == JsonValueKind.Object && ApiPatch.Differs(api.Member("corsConfiguration"), live.Member("corsConfiguration")))
            await calls.SendAsync("DeleteCorsConfiguration", "DELETE", $"{path}/cors");
        if (Settings(api) is var wanted && ApiPatch.Differs(wanted, Settings(live))) await calls.SendAsync("UpdateApi", "PATCH", path, wanted);
    }

    private static JsonElement Settings(JsonElement api) => JsonElement.Parse(ApiCalls.Without(api, [.. Written, "tags", "protocolType"]));

    private static string ArnOf(RestoreWork work, string id) => $"arn:{work.Resource.Arn?.Split(':')[1] ?? "aws"}:apigateway:{work.Region}::/apis/{id}";
}
