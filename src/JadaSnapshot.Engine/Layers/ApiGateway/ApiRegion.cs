using System.Collections.Concurrent;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>API Gateway in one region, and what its lists said until it is captured.</summary>
internal sealed class ApiRegion(AwsConnection connection, string region)
{
    private readonly ConcurrentDictionary<string, byte[]> _items = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<WireResponse>>>> _answers = new(StringComparer.Ordinal);

    public WireClient Rest { get; } = connection.Wire(ApiGatewayServices.Rest, region);

    public WireClient Http { get; } = connection.Wire(ApiGatewayServices.Http, region);

    public WireClient For(ApiKind kind) => kind.Service == ApiGatewayServices.Rest ? Rest : Http;

    /// <summary>The resources of a kind.</summary>
    public async Task<IReadOnlyList<Resource>> ListAsync(ApiKind kind, CancellationToken cancel)
    {
        List<Resource> resources = [];
        foreach (var item in await ItemsAsync(kind.List, For(kind), cancel))
        {
            var resource = kind.Read(item, region);
            _items[resource.Key] = JsonList.Verbatim(item);
            resources.Add(resource);
        }
        return resources;
    }

    /// <summary>Writes what the list said of a resource; asks for it where no list was read.</summary>
    public async Task CaptureAsync(ApiKind kind, Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var path = ApiKind.FolderOf(resource) + kind.Document;
        if (_items.TryGetValue(resource.Key, out var document)) await sink.WriteAsync(path, document, kind.WithoutSecrets, cancel);
        else await For(kind).CaptureAsync(kind.Request(resource), sink, path, cancel, withoutSecrets: kind.WithoutSecrets);
    }

    /// <summary>The items of a list, which is asked for once, whoever asks first.</summary>
    public async Task<IEnumerable<JsonElement>> ItemsAsync(JsonList list, WireClient client, CancellationToken cancel) =>
        (await PagesAsync(list, client, cancel)).SelectMany(list.ItemsOf);

    /// <summary>The pages of a list, likewise.</summary>
    public Task<IReadOnlyList<WireResponse>> PagesAsync(JsonList list, WireClient client, CancellationToken cancel) =>
        _answers.GetOrAdd($"{list.Operation} {list.Path}", _ => new(() => AskAsync(list, client, cancel))).Value;

    private static async Task<IReadOnlyList<WireResponse>> AskAsync(JsonList list, WireClient client, CancellationToken cancel)
    {
        List<WireResponse> pages = [];
        await foreach (var page in list.PagesAsync(client, cancel)) pages.Add(page);
        return pages;
    }
}
