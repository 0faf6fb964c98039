using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;
using Redaction = JadaSnapshot.Engine.Capture.Redaction;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>What an HTTP or a WebSocket API is made of. Models and responses are WebSocket's alone; OpenAPI can say HTTP's alone.</summary>
internal sealed class HttpApiCapture(WireClient client, Resource api, ISnapshotSink sink, CancellationToken cancel)
{
    private readonly string _folder = ApiKind.FolderOf(api);

    public Task CaptureAsync()
    {
        Task[] ofBoth =
        [
            ListAsync("GetAuthorizers", "authorizers", "authorizers", ApiSecrets.OfIntegrations),
            ListAsync("GetDeployments", "deployments", "deployments"),
        ];
        return api.Kind == ApiKinds.HttpApi
            ? Task.WhenAll([.. ofBoth, RoutesAsync(), IntegrationsAsync(), CaptureStagesAsync()])
            : Task.WhenAll([.. ofBoth, CaptureRoutesAsync(), CaptureIntegrationsAsync(), StagesAsync(), ListAsync("GetModels", "models", "models")]);
    }

    private Task<IEnumerable<JsonElement>> RoutesAsync() => ListAsync("GetRoutes", "routes", ApiDocuments.Routes, ApiSecrets.OfIntegrations);

    private Task<IEnumerable<JsonElement>> IntegrationsAsync() => ListAsync("GetIntegrations", "integrations", ApiDocuments.Integrations, ApiSecrets.OfIntegrations);

    private Task<IEnumerable<JsonElement>> StagesAsync() => ListAsync("GetStages", "stages", ApiDocuments.Stages, ApiSecrets.OfStages);

    private async Task<IEnumerable<JsonElement>> ListAsync(string operation, string collection, string document, Redaction? withoutSecrets = null)
    {
        var list = HttpList(operation, $"{WirePath.Of("/v2/apis/{}/", api.Id)}{collection}");
        return (await client.CapturePagesAsync(list, sink, _folder + document, cancel, withoutSecrets) ?? []).SelectMany(list.ItemsOf);
    }

    private async Task CaptureStagesAsync()
    {
        var stages = await StagesAsync();
        await Task.WhenAll(stages.Where(stage => stage.Text("deploymentId") is not null).Select(stage => stage.Text("stageName")).OfType<string>().Select(ExportAsync));
    }

    private Task ExportAsync(string stage) => client.CaptureAsync(
        Get("ExportApi", WirePath.Of("/v2/apis/{}/exports/OAS30", api.Id), new("outputType", "JSON"), new("includeExtensions", "true"), new("stageName", stage)),
        sink, $"{_folder}exports/{PathNames.FromName(stage)}.json", cancel, withoutSecrets: ApiSecrets.OfIntegrations);

    private async Task CaptureRoutesAsync()
    {
        var routes = await RoutesAsync();
        await Task.WhenAll(routes.Select(route => route.Text("routeId")).OfType<string>().Select(id =>
            ListAsync("GetRouteResponses", WirePath.Of("routes/{}/routeresponses", id), $"route-responses/{PathNames.FromName(id)}")));
    }

    private async Task CaptureIntegrationsAsync()
    {
        var integrations = await IntegrationsAsync();
        await Task.WhenAll(integrations.Select(integration => integration.Text("integrationId")).OfType<string>().Select(id =>
            ListAsync("GetIntegrationResponses", WirePath.Of("integrations/{}/integrationresponses", id), $"integration-responses/{PathNames.FromName(id)}")));
    }
}
