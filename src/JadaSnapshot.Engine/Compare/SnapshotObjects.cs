using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Compare;

/// <summary>The objects of a snapshot's buckets in the order of their keys, which is not that of the manifest.</summary>
internal static class SnapshotObjects
{
    private const int SortRunSize = 50_000;

    /// <summary>The current objects of one bucket.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: the manifest cannot be read, or does not know the bucket.</exception>
    public static async IAsyncEnumerable<SideObject> ReadAsync(Snapshot snapshot, Resource bucket, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var objects = NewSort();
        var isKnown = false;
        await foreach (var entry in SnapshotReader.ReadManifestAsync(snapshot.Path).WithCancellation(cancel))
        {
            if (entry.Resource != bucket.Key) continue;
            isKnown = true;
            if (SnapshotLayout.IsCurrentObject(entry)) objects.Add(entry);
        }
        if (!isKnown) throw new StoreException(StoreFault.Damaged, $"{Path.Combine(snapshot.Path, SnapshotLayout.Manifest)} has nothing of the bucket {bucket.Name}.");
        foreach (var entry in objects.Sorted())
        {
            cancel.ThrowIfCancellationRequested();
            yield return ToObject(snapshot, entry);
        }
    }

    /// <summary>A sort by bucket, and by key within it.</summary>
    public static ExternalSort<ManifestEntry> NewSort() => new(Path.GetTempPath(), SortRunSize, Compare, StoreJson.Lines.ManifestEntry);

    /// <summary>An object of a snapshot as a side of a comparison.</summary>
    public static SideObject ToObject(Snapshot snapshot, ManifestEntry entry) => new()
    {
        Key = entry.Object!.Key,
        Size = entry.Size,
        ETag = entry.Object.ETag,
        LastModified = entry.Object.LastModified,
        Sha256 = entry.Sha256,
        Record = entry.Object,
        Path = Path.Combine(snapshot.Path, entry.Path),
        DescribeAsync = _ => Task.FromResult(entry.Object),
        DigestAsync = _ => Task.FromResult(entry.Sha256),
    };

    private static int Compare(ManifestEntry x, ManifestEntry y) =>
        string.CompareOrdinal(x.Resource, y.Resource) is var order and not 0 ? order : Utf8Order.Instance.Compare(x.Object!.Key, y.Object!.Key);
}
