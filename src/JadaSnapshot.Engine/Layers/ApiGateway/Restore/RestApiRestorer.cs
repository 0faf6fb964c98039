using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Brings REST APIs back (<see href="https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html"/>).</summary>
internal sealed class RestApiRestorer : Restorer
{
    // What only the service writes, and what is put by itself.
    private static readonly string[] Written = ["id", "rootResourceId", "createdDate", "warnings", "apiStatus", "apiStatusMessage"];

    public override string Layer => ApiGatewayLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [ApiKinds.RestApi];

    public override RestorePhase Phase => RestorePhase.Apis;

    // Stages first: what they served is imported over the definition, which is then put back.
    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(ApiDocuments.Api, PutSettingsAsync) { IsInCreate = true },
        new("stages.json", (work, cancel) => new RestApiStages(work, cancel).PutAsync()),
        new("models.json", (work, cancel) => new RestApiDefinition(work, cancel).PutModelsAsync()),
        new("authorizers.json", (work, cancel) => new RestApiDefinition(work, cancel).PutAuthorizersAsync()),
        new("request-validators.json", (work, cancel) => new RestApiDefinition(work, cancel).PutValidatorsAsync()),
        new("resources.json", (work, cancel) => new RestApiDefinition(work, cancel).PutResourcesAsync()),
        new("gateway-responses.json", (work, cancel) => new RestApiDefinition(work, cancel).PutResponsesAsync()),
        new("documentation-parts.json", (work, cancel) => new RestApiDefinition(work, cancel).PutDocumentationAsync()),
        new("documentation-versions.json", (work, cancel) => new RestApiDefinition(work, cancel).PutVersionsAsync()),
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new("deployments.json", "*", "is the history of deployments, of which those come back that a stage serves"),
        new("stages.json", "*cacheClusterStatus", "is the state of a cache"),
        new("stages.json", "*canarySettings", "serves a deployment that is in no export"),
        new("stages.json", "*canarySettings.deploymentId", "is a deployment that is in no export"),
    ];

    public override int Rank(string kind) => 1;

    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override bool CanDelete(string kind) => true;

    public override IEnumerable<(string From, string To)> Counterparts(ResourceDocuments snapshot, ResourceDocuments live) =>
        [.. RestApiDefinition.Counterparts(snapshot, live), .. Root(snapshot) is { } from && Root(live) is { } to ? [(from, to)] : ((string, string)[])[]];

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Rest, cancel);
        var api = work.Documents.Json(ApiDocuments.Api);
        var made = await calls.CreateOnceAsync(
            api, ApiKinds.RestApis.List, "id",
            tags => calls.SendAsync("CreateRestApi", "POST", "/restapis", JsonText.Object(json =>
            {
                // A policy speaks of the API by its id, which nobody knows yet.
                ApiCalls.WriteWithout(json, api, [.. Written, "policy", "tags"]);
                tags(json);
            })),
            id => calls.SendAsync("DeleteRestApi", "DELETE", WirePath.Of("/restapis/{}", id)));
        var arn = ArnOf(work, made.Text("id")!);
        work.Created(made.Text("id")!, arn);
        calls.Learn(api.Text("rootResourceId"), made.Text("rootResourceId"));
        await PutSettingsAsync(work, cancel);
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        new ApiCalls(work, Rest, cancel).SendAsync("DeleteRestApi", "DELETE", WirePath.Of("/restapis/{}", work.RequiredId));

    /// <summary>Makes what an API says of itself what the snapshot says.</summary>
    public static async Task PutSettingsAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Rest, cancel);
        var path = WirePath.Of("/restapis/{}", work.RequiredId);
        var (api, live) = (work.Documents.Json(ApiDocuments.Api), await calls.FindAsync("GetRestApi", path));
        var patch = new ApiPatch().Add(api, live, [.. Written, "tags", "policy", "endpointConfiguration"]);
        var (endpoint, had) = (api.Member("endpointConfiguration"), live.Member("endpointConfiguration"));
        if (endpoint.Items("types").FirstOrDefault() is { ValueKind: JsonValueKind.String } type && had.Items("types").FirstOrDefault() is { ValueKind: JsonValueKind.String } other && type.GetString() != other.GetString())
            patch.Add("replace", $"/endpointConfiguration/types/{other.GetString()}", type.GetString());
        // A kind of address that was not spoken of is the service's own choice.
        patch.Add("/endpointConfiguration", endpoint, had, ["types", .. endpoint.Text("ipAddressType") is null ? ["ipAddressType"] : (string[])[]]);
        var (policy, was) = (Policy(api), Policy(live));
        if (policy != was) patch.Add("replace", "/policy", policy ?? "");
        await calls.PatchAsync("UpdateRestApi", path, patch);
        await calls.PutTagsAsync(ArnOf(work, work.RequiredId), api.Member("tags"), live.Member("tags"));
    }

    // The service hands a policy out as the inside of a text: its quotes are escaped once more.
    private static string? Policy(JsonElement api) => api.Text("policy") is not { } policy ? null : policy.StartsWith("{\\", StringComparison.Ordinal) ? JsonElement.Parse($"\"{policy}\"").GetString() : policy;

    private static string? Root(ResourceDocuments documents) => documents.Json(ApiDocuments.Api).Text("rootResourceId");

    private static string ArnOf(RestoreWork work, string id) => $"arn:{work.Resource.Arn?.Split(':')[1] ?? "aws"}:apigateway:{work.Region}::/restapis/{id}";
}
