using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Copies;

/// <summary>The snapshot that is copied.</summary>
internal interface ICopySource : IDisposable
{
    /// <summary>A folder with its documents (<see cref="SnapshotDocuments"/>).</summary>
    string Documents { get; }

    /// <summary>A file of it, whole under a temporary name and held against its digest.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: it is not what was captured.</exception>
    Task<TemporaryFile> FetchAsync(ManifestEntry entry, string temporary, CancellationToken cancel);
}

/// <summary>A snapshot on disk.</summary>
internal sealed class FolderSource(Snapshot snapshot) : ICopySource
{
    public string Documents => snapshot.Path;

    /// <summary>Where a file lies.</summary>
    public string Of(string path) => Path.Combine(snapshot.Path, path);

    public Task<TemporaryFile> FetchAsync(ManifestEntry entry, string temporary, CancellationToken cancel) =>
        Task.FromResult(BaseFiles.Copied(Of(entry.Path), entry, temporary, cancel) ?? throw CapturedFile.Damaged(Of(entry.Path)));

    public void Dispose()
    {
    }
}

/// <summary>A snapshot in S3. Its documents are fetched first, into a folder that goes with it.</summary>
internal sealed class BucketSource : ICopySource
{
    private readonly S3Place _place;
    private readonly ObjectDownload _downloads;

    private BucketSource(S3Client s3, WorkPool places, S3Place place) =>
        (_place, _downloads, Documents) = (place, new(s3, places), Directory.CreateTempSubdirectory("jada-copy-").FullName);

    public string Documents { get; }

    /// <summary>Fetches the documents, as far as they are wanted.</summary>
    public static async Task<BucketSource> OpenAsync(S3Client s3, WorkPool places, S3Place place, IEnumerable<string> documents, CancellationToken cancel)
    {
        BucketSource source = new(s3, places, place);
        try
        {
            foreach (var name in documents)
            {
                using TemporaryFile file = new(Path.Combine(source.Documents, ".tmp-" + name));
                await source._downloads.DownloadAsync(place.Bucket, new(place.Of(name).Key, 0, "", default, ""), file, cancel);
                file.Flush(modified: null);
                file.MoveTo(Path.Combine(source.Documents, name));
            }
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public async Task<TemporaryFile> FetchAsync(ManifestEntry entry, string temporary, CancellationToken cancel)
    {
        var document = Path.Combine(Documents, entry.Path);
        if (SnapshotDocuments.Names.Contains(entry.Path)) return BaseFiles.Copied(document, entry, temporary, cancel) ?? throw CapturedFile.Damaged(document);
        var key = _place.Of(entry.Path);
        TemporaryFile file = new(temporary);
        try
        {
            await _downloads.DownloadAsync(key.Bucket, new(key.Key, entry.Size, "", default, ""), new BoundedFile(file, entry.Size, () => new StoreException(StoreFault.Damaged, $"More bytes come than the {entry.Size:N0} that were captured.")), cancel);
            if ((file.Length, file.Sha256) != (entry.Size, entry.Sha256)) throw new StoreException(StoreFault.Damaged, $"s3://{key} is not what was captured: its SHA-256 is another.");
            file.Flush(entry.Object?.LastModified);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => StoreFiles.DeleteTree(Documents);
}
