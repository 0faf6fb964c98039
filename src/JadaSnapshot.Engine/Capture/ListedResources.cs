using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Lists the resources of a layer kind by kind, and keeps what the lists say of each until it is captured.</summary>
internal sealed class ListedResources(WireClient client, LayerContext context, string layer)
{
    private readonly ConcurrentDictionary<(string Document, string Id), byte[]> _items = new();

    /// <summary>Lists all kinds that are wanted at once. A kind that is refused is reported, and the others go on.</summary>
    public IAsyncEnumerable<Resource> ListAsync(
        IEnumerable<ListedKind> kinds, Func<ListedKind, CancellationToken, IAsyncEnumerable<Resource>> list, CancellationToken cancel) =>
        Merging.MergeAsync([.. kinds.Where(kind => context.Options.WantsKind(kind.Name))], list, (kind, exception) => context.Report(layer, kind.List.Operation, exception), cancel);

    /// <summary>Lists one kind.</summary>
    public async IAsyncEnumerable<Resource> ListAsync(ListedKind kind, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var item in kind.List.ItemsAsync(client, cancel))
        {
            var resource = kind.Read(layer, item.ToXml());
            _items[(kind.Document, resource.Id)] = item;
            yield return resource;
        }
    }

    /// <summary>What a list said of a resource, byte for byte; null where it did not speak of it.</summary>
    public byte[]? Find(ListedKind kind, Resource resource) => _items.GetValueOrDefault((kind.Document, resource.Id));

    /// <summary>Writes what the list said of a resource.</summary>
    public Task CaptureAsync(ListedKind kind, Resource resource, ISnapshotSink sink, CancellationToken cancel) =>
        Find(kind, resource) is { } item ? sink.WriteAsync(kind.FolderOf(resource) + kind.Document, item, cancel) : Task.CompletedTask;
}
