using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Compare;

/// <summary>The objects of a snapshot's buckets. The manifest is read once to learn where those of each bucket lie together in it, and that stretch again where they are wanted.</summary>
/// <param name="files">The snapshot.</param>
/// <param name="copies">Asks for what it does not know of objects that it keeps in S3.</param>
internal sealed class SnapshotObjects(SnapshotFiles files, KeptCopies copies)
{
    private const int SortRunSize = 50_000;

    private readonly Dictionary<string, (ManifestLine First, long LastOffset)> _stretches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ManifestEntry> _kept = new(StringComparer.Ordinal);

    /// <summary>Learns of a line of the manifest. Lines come in its order.</summary>
    public void Add(ManifestLine line)
    {
        if (line.Entry is { Copies: not null } document) _kept[document.Resource] = document;
        if (line.Entry is not { } entry || !SnapshotLayout.IsCurrentObject(entry)) return;
        _stretches[entry.Resource] = (_stretches.TryGetValue(entry.Resource, out var known) ? known.First : line, line.Offset);
    }

    /// <summary>The current objects of a bucket in the order of their keys, which is not that of the manifest.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: the manifest, or the document that names copies, cannot be read.</exception>
    public IAsyncEnumerable<SideObject> Of(Resource bucket, CancellationToken cancel) => _kept.TryGetValue(bucket.Key, out var document) ? KeptOf(document, cancel) : FilesOf(bucket, cancel).ToAsyncEnumerable();

    private async IAsyncEnumerable<SideObject> KeptOf(ManifestEntry document, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (name, path) = (files.PlaceOf(document), files.Of(document));
        if (files.Snapshot.KeptInS3 is not { } kept) throw CapturedFile.Damaged(name);
        await files.RequireAsync([document], cancel);
        CapturedFile.RequireBytes(path, document.Size, document.Sha256, cancel);
        foreach (var line in CopiesDocument.Read(File.OpenRead(path), name, CopiesDocument.PlaceOf(kept, CopiesDocument.BucketOf(document))))
        {
            cancel.ThrowIfCancellationRequested();
            yield return copies.ToObject(line);
        }
    }

    private IEnumerable<SideObject> FilesOf(Resource bucket, CancellationToken cancel)
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
        Md5 = ObjectComparison.Md5Of(entry.Object),
        Captured = entry,
        DescribeAsync = _ => Task.FromResult(entry.Object),
        DigestAsync = _ => Task.FromResult(entry.Sha256),
    };
}
