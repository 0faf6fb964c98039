using System.Text.Json;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>REST, HTTP and WebSocket APIs as typed objects.</summary>
public sealed class ApiView : ResourceView<Api>
{
    private static readonly string[] Read = [ApiDocuments.Api, ApiDocuments.Resources + "-", ApiDocuments.Routes + "-", ApiDocuments.Integrations + "-", ApiDocuments.Stages + "-", ApiDocuments.CustomDomains];

    /// <inheritdoc/>
    public override string Layer => ApiGatewayLayer.LayerName;

    /// <inheritdoc/>
    public override string Kind => "api";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Kinds => [ApiKinds.RestApi, ApiKinds.HttpApi, ApiKinds.WebSocketApi];

    /// <inheritdoc/>
    public override bool HasSharedParts => true;

    /// <inheritdoc/>
    public override string Folder(Resource resource) => ApiKind.FolderOf(resource);

    /// <inheritdoc/>
    public override bool Reads(string document) => Read.Any(name => document.StartsWith(name, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override Api View(Resource resource, ResourceDocuments documents)
    {
        var api = documents.Json(ApiDocuments.Api);
        return new()
        {
            ApiId = resource.Id,
            Name = resource.Name,
            Protocol = resource.Kind == ApiKinds.RestApi ? "REST" : api.Text("protocolType") ?? (resource.Kind == ApiKinds.HttpApi ? "HTTP" : "WEBSOCKET"),
            Arn = resource.Arn,
            Region = resource.Region,
            Endpoint = api.Text("apiEndpoint") ?? $"https://{resource.Id}.execute-api.{resource.Region}.{Fn.Partition(resource.Region).dnsSuffix}",
            IsEndpointDisabled = api.Flag("disableExecuteApiEndpoint") == true,
            Stages = [.. ApiStages.Of(documents)],
            Routes = [.. (resource.Kind == ApiKinds.RestApi ? ApiRoutes.OfResources(documents) : ApiRoutes.OfRoutes(documents)).InOrder()],
            CustomDomains = [.. documents.Json(ApiDocuments.CustomDomains).Items("items").Select(ToAddress).OfType<string>()],
            CreatedAt = resource.CreatedAt ?? ApiTime.Of(api, "createdDate"),
            Tags = api.Member("tags").Texts(),
            Description = api.Text("description"),
        };
    }

    private static string? ToAddress(JsonElement mapping) =>
        mapping.Text("domainName") is { } domain ? mapping.Text("apiMappingKey") is { } path ? $"{domain}/{path}" : domain : null;
}
