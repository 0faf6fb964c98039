using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.InventoryReports;

/// <summary>A report of S3 Inventory on a bucket, which lists its objects as they were when it was made.</summary>
/// <param name="s3">Who is asked for its files.</param>
/// <param name="configuration">What it was made by.</param>
/// <param name="manifest">What it says of itself.</param>
/// <param name="prefix">What the keys begin with that are wanted.</param>
internal sealed class InventoryReport(S3Client s3, InventoryConfiguration configuration, InventoryManifest manifest, string prefix)
{
    /// <summary>The code of a report that is not what was written, or not as S3 writes one.</summary>
    public const string Damaged = "DamagedInventory";

    private const int SortRunSize = 100_000;

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset ListedAt => manifest.ListedAt;

    /// <summary>Whether it tells the storage classes of objects.</summary>
    public bool HasStorageClasses => manifest.Columns.Contains("StorageClass");

    /// <summary>The current objects in the binary order of their keys. The files are in none, so that all of them are read, and sorted on disk, before the first object comes.</summary>
    /// <param name="places">The places for transfers.</param>
    /// <param name="turns">Lets few reports be sorted at once: each takes memory for a run of its rows.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Wire.ServiceException">A file cannot be read, or is not what was written.</exception>
    /// <exception cref="StoreException">There is no room to sort it.</exception>
    public async IAsyncEnumerable<ListedObject> ReadAsync(WorkPool places, SemaphoreSlim turns, [EnumeratorCancellation] CancellationToken cancel)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"jada-inventory-{Guid.NewGuid():n}");
        StoreFiles.MakeFolder(folder);
        try
        {
            using ExternalSort<ListedObject> sort = new(folder, SortRunSize, NewestFirst, ListedLine.Parse, ListedLine.Write);
            await turns.WaitAsync(cancel);
            try
            {
                await SortAsync(sort, folder, places, cancel);
            }
            catch (IOException exception) when (StoreException.IsDiskFull(exception))
            {
                throw new StoreException(StoreFault.DiskFull, $"There is no room in {Path.GetTempPath()} to sort the inventory of {configuration.Source}: make room, or name another folder in TMPDIR (on Windows: TEMP).", exception);
            }
            finally
            {
                turns.Release();
            }
            string? last = null;
            foreach (var listed in sort.Sorted())
            {
                cancel.ThrowIfCancellationRequested();
                // A report on a bucket that changed meanwhile may have two versions of a key for the latest.
                if (listed.Key == last) continue;
                last = listed.Key;
                yield return listed;
            }
        }
        finally
        {
            StoreFiles.DeleteTree(folder);
        }
    }

    /// <summary>Takes one file in while the next arrives.</summary>
    private async Task SortAsync(ExternalSort<ListedObject> sort, string folder, WorkPool places, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ObjectDownload downloads = new(s3, places);
        Task<string>? next = null;
        try
        {
            for (var index = 0; index < manifest.Files.Count; index++)
            {
                var path = await (next ?? FetchAsync(index));
                next = index + 1 < manifest.Files.Count ? FetchAsync(index + 1) : null;
                TakeIn(manifest.Files[index], path, sort, cancel);
                StoreFiles.Delete(path);
            }
        }
        finally
        {
            await stop.CancelAsync();
            if (next is not null) await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        Task<string> FetchAsync(int index) => Task.Run(() => DownloadAsync(downloads, manifest.Files[index], Path.Combine(folder, $"file-{index}"), stop.Token), CancellationToken.None);
    }

    private async Task<string> DownloadAsync(ObjectDownload downloads, InventoryFile file, string path, CancellationToken cancel)
    {
        using TemporaryFile received = new(path, isSealed: false);
        BoundedFile bounded = new(received, file.Size, () => Wrong(file, $"it has more bytes than the {file.Size:N0} of the report's manifest"));
        await downloads.DownloadAsync(configuration.Destination, new(file.Key, file.Size, "", default, ""), bounded, cancel);
        if (received.Length != file.Size || Convert.ToHexStringLower(Digest.Of("MD5", received)) != file.Md5) throw Wrong(file, "its bytes are not those of the report's manifest (MD5)");
        received.Flush(modified: null);
        received.MoveTo(path + ".csv.gz");
        return path + ".csv.gz";
    }

    private void TakeIn(InventoryFile file, string path, ExternalSort<ListedObject> sort, CancellationToken cancel)
    {
        try
        {
            foreach (var listed in InventoryRows.Read(path, manifest.Columns, configuration.Source))
            {
                cancel.ThrowIfCancellationRequested();
                if (listed.Key.StartsWith(prefix, StringComparison.Ordinal)) sort.Add(listed);
            }
        }
        catch (InvalidDataException exception)
        {
            throw Wrong(file, exception.Message);
        }
    }

    private Wire.ServiceException Wrong(InventoryFile file, string words) =>
        s3.Failed(new CorruptBodyException(Damaged, $"It cannot be used: {words}."), new() { Operation = "GetObject", Bucket = configuration.Destination, Key = file.Key }, attempts: 1);

    private static int NewestFirst(ListedObject x, ListedObject y) => Utf8Order.Instance.Compare(x.Key, y.Key) is var order and not 0 ? order : y.LastModified.CompareTo(x.LastModified);
}
