using System.Collections.Concurrent;
using System.Globalization;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Copies;

/// <summary>A snapshot in S3. Nothing that comes from there has a name before it was held against the manifest.</summary>
internal sealed class SnapshotInS3 : SnapshotFiles
{
    private const int AtOnce = 16;

    private readonly ObjectDownload _downloads;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _required = new(StringComparer.Ordinal);
    private readonly string _temporary;
    private readonly Action<string>? _warn;
    private IReadOnlyList<IDisposable> _own = [];
    private long _temporaries;

    private SnapshotInS3(S3Client s3, WorkPool places, Snapshot snapshot, string home, Action<string>? warn) : base(snapshot, home)
    {
        (Place, _downloads, _warn, Folder) = (S3Place.Parse(snapshot.Path), new(s3, places), warn, Directory.CreateTempSubdirectory("jada-").FullName);
        _temporary = Path.Combine(Folder, SnapshotLayout.Temporary);
        StoreFiles.MakeFolder(_temporary);
    }

    /// <summary>Where it lies.</summary>
    public S3Place Place { get; }

    internal override string Folder { get; }

    /// <summary>Opens it with some of its documents (<see cref="SnapshotDocuments"/>), which are not looked at.</summary>
    public static Task<SnapshotInS3> OpenAsync(S3Client s3, WorkPool places, Snapshot snapshot, IEnumerable<string> documents, CancellationToken cancel) =>
        OpenAsync(new(s3, places, snapshot, StoreHome.Of(snapshot.Store), warn: null), files => files.FetchDocumentsAsync(documents, cancel));

    /// <summary>Opens it to be read: with its manifest, which is the one that it describes, and the lists of problems and resources.</summary>
    public static async Task<SnapshotInS3> OpenAsync(AwsConnection connection, Snapshot snapshot, string? home, Action<string>? warn, CancellationToken cancel)
    {
        SnapshotComparison.Finished(snapshot);
        S3Client s3 = new(connection, AtOnce);
        WorkPool places = new(AtOnce);
        try
        {
            return await OpenAsync(new(s3, places, snapshot, home ?? StoreHome.Of(snapshot.Store), warn) { _own = [places, s3] }, files => files.ReadListsAsync(cancel));
        }
        catch
        {
            places.Dispose();
            s3.Dispose();
            throw;
        }
    }

    internal override bool HasKey => Fingerprinter.IsIn(Home);

    internal override string PlaceOf(ManifestEntry file) => $"s3://{Place.Of(file.Path)}";

    internal override bool Has(ManifestEntry file) => true;

    internal override Task RequireAsync(IEnumerable<ManifestEntry> files, CancellationToken cancel) => Parallel.ForEachAsync(
        files, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
        (file, _) => new(_required.GetOrAdd(file.Path, _ => new(() => BringAsync(file, cancel))).Value));

    internal override async Task<T> UseAsync<T>(ManifestEntry file, Func<string, Task<T>> use, CancellationToken cancel)
    {
        var temporary = NextTemporary();
        using var fetched = await FetchAsync(file, temporary, cancel);
        return await use(temporary);
    }

    internal override async Task<TemporaryFile> FetchAsync(ManifestEntry file, string temporary, CancellationToken cancel)
    {
        var document = Of(file);
        if (SnapshotLayout.IsBesideManifest(file.Path)) return BaseFiles.Copied(document, file, temporary, cancel) ?? throw CapturedFile.Damaged(document);
        var key = Place.Of(file.Path);
        TemporaryFile fetched = new(temporary);
        try
        {
            await _downloads.DownloadAsync(key.Bucket, new(key.Key, file.Size, "", default, ""), new BoundedFile(fetched, file.Size, () => new StoreException(StoreFault.Damaged, $"More bytes come than the {file.Size:N0} that were captured.")), cancel);
            if ((fetched.Length, fetched.Sha256) != (file.Size, file.Sha256)) throw new StoreException(StoreFault.Damaged, $"{PlaceOf(file)} is not what was captured: its SHA-256 is another.");
            fetched.Flush(file.Object?.LastModified);
            return fetched;
        }
        catch
        {
            fetched.Dispose();
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        StoreFiles.DeleteTree(Folder);
        foreach (var each in _own) each.Dispose();
    }

    // A key that is made now would be nobody's: nothing has fingerprints of it.
    private protected override Fingerprinter OpenFingerprints()
    {
        if (HasKey) return base.OpenFingerprints();
        _warn?.Invoke($"The key that made the fingerprints of {Snapshot.Name} is not in {Home}: whether a secret is still the same cannot be said. {Fingerprinter.KeyFile} of the store that the snapshot was taken in belongs there.");
        return Fingerprinter.Unkept();
    }

    private static async Task<SnapshotInS3> OpenAsync(SnapshotInS3 files, Func<SnapshotInS3, Task> open)
    {
        try
        {
            await open(files);
            return files;
        }
        catch
        {
            StoreFiles.DeleteTree(files.Folder);
            throw;
        }
    }

    private async Task ReadListsAsync(CancellationToken cancel)
    {
        await FetchDocumentsAsync([SnapshotLayout.Manifest], cancel);
        if (SnapshotReader.DigestOf(Of(SnapshotLayout.Manifest)) != Snapshot.ManifestSha256)
            throw new StoreException(StoreFault.Damaged, $"{Place} is damaged: its {SnapshotLayout.Manifest} is not the one that {SnapshotLayout.Description} describes.");
        var upTo = ManifestLines.Read(Folder).Select(line => line.EntryOf($"{Place}")).TakeWhile(file => string.CompareOrdinal(file.Path, Capture.ResourceList.File) <= 0);
        await RequireAsync([.. upTo.Where(file => file.Path is SnapshotLayout.Problems or Capture.ResourceList.File)], cancel);
    }

    private async Task FetchDocumentsAsync(IEnumerable<string> names, CancellationToken cancel)
    {
        foreach (var name in names)
        {
            using TemporaryFile file = new(NextTemporary());
            await _downloads.DownloadAsync(Place.Bucket, new(Place.Of(name).Key, 0, "", default, ""), file, cancel);
            file.Flush(modified: null);
            file.MoveTo(Of(name));
        }
    }

    private async Task BringAsync(ManifestEntry file, CancellationToken cancel)
    {
        using var fetched = await FetchAsync(file, NextTemporary(), cancel);
        fetched.MoveTo(Of(file));
    }

    private string NextTemporary() => Path.Combine(_temporary, Interlocked.Increment(ref _temporaries).ToString("x", CultureInfo.InvariantCulture));
}
