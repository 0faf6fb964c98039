using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Writes the runbook of a snapshot that is there: the text of its <c>RECOVERY.md</c>, or of a part of it.</summary>
public static class RunbookWriter
{
    /// <summary>Writes it. The manifest says what the snapshot holds; only documents that the runbook speaks of are read.</summary>
    /// <param name="snapshot">A snapshot that is finished.</param>
    /// <param name="layers">The layers to tell of; all that the snapshot has where there are none.</param>
    /// <param name="isWanted">Whether to tell of a resource; null for all.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotASnapshot"/>: it is not finished; <see cref="StoreFault.Damaged"/>: it cannot be read.</exception>
    public static async Task<string> WriteAsync(Snapshot snapshot, IReadOnlyCollection<string> layers, Func<Resource, bool>? isWanted, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(layers);
        if (snapshot.Status == SnapshotStatus.Unfinished) throw new StoreException(StoreFault.NotASnapshot, $"{snapshot.Path} is not finished. The command that began it ends it.");
        if (snapshot.Status == SnapshotStatus.Damaged) throw new StoreException(StoreFault.Damaged, $"{snapshot.Path} cannot be relied on: {snapshot.Remark}");

        Dictionary<string, ManifestEntry> documents = new(StringComparer.Ordinal);
        Dictionary<string, ObjectTotals> objects = new(StringComparer.Ordinal);
        SortedSet<string> keys = new(StringComparer.Ordinal);
        await foreach (var entry in SnapshotReader.ReadManifestAsync(snapshot.Path).WithCancellation(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.Layer != SnapshotLayout.OwnLayer) keys.Add(entry.Resource);
            if (entry.Object is null) documents[entry.Path] = entry;
            else if (SnapshotLayout.IsCurrentObject(entry) && objects.GetValueOrDefault(entry.Resource, new(0, 0)) is var (count, bytes)) objects[entry.Resource] = new(count + 1, bytes + entry.Size);
        }
        var names = ResourceList.Read(snapshot.Path);
        keys.UnionWith(names.Keys);
        return Runbook.Write(new(documents.Keys.Order(StringComparer.Ordinal))
        {
            Name = snapshot.Name,
            Account = snapshot.Account,
            Layers = [.. snapshot.Layers.Select(layer => layer.Name).Where(name => layers.Count == 0 || layers.Contains(name))],
            Resources = [.. keys.Select(key => names.GetValueOrDefault(key) ?? Resource(key)).OfType<Resource>().Where(resource => isWanted?.Invoke(resource) != false)],
            IsPart = isWanted is not null,
            Objects = objects,
            Read = path => CapturedFile.Read(snapshot, documents[path]),
        });
    }

    private static Resource? Resource(string key) =>
        key.Split('/', 4) is [var layer, var kind, var region, var id] ? new() { Layer = layer, Kind = kind, Region = region, Id = id, Name = id } : null;
}
