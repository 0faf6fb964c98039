using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;
using Redaction = JadaSnapshot.Engine.Capture.Redaction;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>What a REST API is made of: its definition as it is now, its deployments and stages, and what each stage serves, as OpenAPI.</summary>
internal sealed class RestApiCapture(WireClient client, Resource api, ISnapshotSink sink, CancellationToken cancel)
{
    private readonly string _folder = ApiKind.FolderOf(api);

    public Task CaptureAsync() => Task.WhenAll(
        ListAsync("GetResources", "resources", ApiDocuments.Resources, ApiSecrets.OfIntegrations, KeyValuePair.Create("embed", "methods")),
        ListAsync("GetAuthorizers", "authorizers", "authorizers", ApiSecrets.OfIntegrations),
        ListAsync("GetModels", "models", "models"),
        ListAsync("GetRequestValidators", "requestvalidators", "request-validators"),
        ListAsync("GetGatewayResponses", "gatewayresponses", "gateway-responses"),
        ListAsync("GetDocumentationParts", "documentation/parts", "documentation-parts"),
        ListAsync("GetDocumentationVersions", "documentation/versions", "documentation-versions"),
        ListAsync("GetDeployments", "deployments", "deployments"),
        CaptureStagesAsync());

    private Task<IEnumerable<JsonElement>> ListAsync(
        string operation, string collection, string document, Redaction? withoutSecrets = null, params KeyValuePair<string, string>[] parameters) =>
        ListAsync(RestList(operation, WirePath.Of("/restapis/{}/" + collection, api.Id), parameters), document, withoutSecrets);

    private async Task<IEnumerable<JsonElement>> ListAsync(JsonList list, string document, Redaction? withoutSecrets) =>
        (await client.CapturePagesAsync(list, sink, _folder + document, cancel, withoutSecrets) ?? []).SelectMany(list.ItemsOf);

    private async Task CaptureStagesAsync()
    {
        var list = RestList("GetStages", WirePath.Of("/restapis/{}/stages", api.Id)) with { Parameters = [] };
        var stages = await ListAsync(list, ApiDocuments.Stages, ApiSecrets.OfStages);
        await Task.WhenAll(stages.Select(stage => stage.Text("stageName")).OfType<string>().Select(ExportAsync));
    }

    private Task ExportAsync(string stage) => client.CaptureAsync(
        Get("GetExport", WirePath.Of("/restapis/{}/stages/{}/exports/oas30", api.Id, stage), new KeyValuePair<string, string>("extensions", "apigateway")),
        sink, $"{_folder}exports/{PathNames.FromName(stage)}.json", cancel, withoutSecrets: ApiSecrets.OfIntegrations);
}
