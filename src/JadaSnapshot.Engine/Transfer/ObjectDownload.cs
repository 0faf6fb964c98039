using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Reads objects into files, and calls none read before its length and the service's checksum agree.</summary>
internal sealed class ObjectDownload(S3Client s3, WorkPool places)
{
    private const int Tries = 4;

    /// <summary>Which objects come in parts.</summary>
    public PartRule Parts { get; init; } = new();

    /// <summary>Downloads an object: the version that is listed, or the current one where the listing tells of no versions.</summary>
    /// <exception cref="ServiceException">It cannot be read, or never arrives as the service describes it.</exception>
    public async Task<ObjectRecord> DownloadAsync(string bucket, ListedObject listed, IReceivedFile file, CancellationToken cancel)
    {
        PartRule? parts = Parts;
        for (var tried = 1; ; tried++)
        {
            using var transfer = new ObjectTransfer(s3, bucket, listed, file, parts, places);
            try
            {
                var record = await transfer.RunAsync(cancel);
                return transfer.TagCount > 0 ? record with { Tags = await s3.GetTagsAsync(bucket, listed, cancel) } : record;
            }
            catch (CorruptBodyException corrupt)
            {
                if (tried == Tries) throw s3.Failed(corrupt, transfer.Call, tried);
            }
            catch (ServiceException exception) when (tried < Tries && exception.Code == "WrongRange" && parts is not null)
            {
                // What stands before the service gives no ranges.
                parts = null;
            }
            catch (ServiceException exception) when (tried < Tries && exception.StatusCode == 412)
            {
                // It changed while it was read: what is there now is read from its beginning.
            }
            file.Reset();
            await Task.Delay(s3.FirstPause * tried, cancel);
        }
    }

    /// <summary>Reads an object, of which nothing stays, for its SHA-256.</summary>
    /// <exception cref="ServiceException">It cannot be read, or never arrives as the service describes it.</exception>
    public async Task<string> DigestAsync(string bucket, ListedObject listed, CancellationToken cancel)
    {
        using TemporaryFile file = new(Path.Combine(Path.GetTempPath(), $"jada-{Guid.NewGuid():n}"), isSealed: false);
        await DownloadAsync(bucket, listed, file, cancel);
        return file.Sha256;
    }
}
