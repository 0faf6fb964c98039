using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Compare;

/// <summary>The objects of a snapshot's buckets. The manifest is read once to learn where those of each bucket lie together in it, and that stretch again where they are wanted.</summary>
internal sealed class SnapshotObjects(SnapshotFiles files)
{
    private const int SortRunSize = 50_000;

    private readonly Dictionary<string, (ManifestLine First, long LastOffset)> _stretches = new(StringComparer.Ordinal);

    /// <summary>Learns of a line of the manifest. Lines come in its order.</summary>
    public void Add(ManifestLine line)
    {
        if (line.Entry is not { } entry || !SnapshotLayout.IsCurrentObject(entry)) return;
        _stretches[entry.Resource] = (_stretches.TryGetValue(entry.Resource, out var known) ? known.First : line, line.Offset);
    }

    /// <summary>The current objects of a bucket in the order of their keys, which is not that of the manifest.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: the manifest cannot be read.</exception>
    public IEnumerable<SideObject> Of(Resource bucket, CancellationToken cancel)
    {
        if (!_stretches.TryGetValue(bucket.Key, out var stretch)) yield break;
        using ExternalSort<ManifestEntry> objects = new(Path.GetTempPath(), SortRunSize, (x, y) => Utf8Order.Instance.Compare(x.Object!.Key, y.Object!.Key), StoreJson.Lines.ManifestEntry);
        foreach (var line in ManifestLines.Read(files.Folder, stretch.First.Number, stretch.First.Offset).TakeWhile(line => line.Offset <= stretch.LastOffset))
        {
            cancel.ThrowIfCancellationRequested();
            var entry = line.EntryOf(files.Snapshot.Path);
            if (entry.Resource == bucket.Key && SnapshotLayout.IsCurrentObject(entry)) objects.Add(entry);
        }
        foreach (var entry in objects.Sorted())
        {
            cancel.ThrowIfCancellationRequested();
            yield return ToObject(entry);
        }
    }

    private static SideObject ToObject(ManifestEntry entry) => new()
    {
        Key = entry.Object!.Key,
        Size = entry.Size,
        ETag = entry.Object.ETag,
        LastModified = entry.Object.LastModified,
        Sha256 = entry.Sha256,
        Record = entry.Object,
        Captured = entry,
        DescribeAsync = _ => Task.FromResult(entry.Object),
        DigestAsync = _ => Task.FromResult(entry.Sha256),
    };
}
