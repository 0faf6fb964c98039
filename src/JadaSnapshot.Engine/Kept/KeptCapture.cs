using System.Text.Json;
using System.Threading.Channels;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Kept;

/// <summary>
/// Keeps the objects of a bucket as copies in S3: both places are listed together in the order of keys, S3 copies what is missing or differs, and what
/// stands for the objects in the snapshot is one document that names each copy by its version.
/// </summary>
/// <param name="context">Who calls, and the places for copies.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="document">Where the document goes.</param>
/// <param name="sink">The snapshot.</param>
internal sealed class KeptCapture(LayerContext context, string bucket, string document, ISnapshotSink sink)
{
    // Lines wait here for those before them; a copy of gigabytes holds no others up.
    private const int MostWaiting = 1000;

    private readonly S3Place _place = CopiesDocument.PlaceOf(context.Options.Keep!, bucket);
    private readonly ObjectCopy _copies = new(context.S3, context.Transfers);

    /// <summary>Copies what has to be copied, and writes the document. An object without a copy is a problem.</summary>
    /// <param name="objects">The objects of the bucket, in the order of their keys.</param>
    /// <param name="cancel">Ends it. The next run finds the copies that were made.</param>
    public async Task CaptureAsync(IAsyncEnumerable<ListedObject> objects, CancellationToken cancel)
    {
        var lines = Channel.CreateBounded<Task<KeptObject?>>(MostWaiting);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listing = Task.Run(() => ListAsync(objects, lines.Writer, stop.Token), CancellationToken.None);
        try
        {
            await WriteAsync(lines.Reader, listing, cancel);
        }
        finally
        {
            await stop.CancelAsync();
            await listing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(ChannelReader<Task<KeptObject?>> lines, Task listing, CancellationToken cancel)
    {
        using var file = sink.Create(document);
        LineBuffer buffer = new(file.Write);
        var (count, bytes) = (0L, 0L);
        await foreach (var line in lines.ReadAllAsync(cancel))
        {
            if (await line is not { } kept) continue;
            buffer.Append(JsonSerializer.SerializeToUtf8Bytes(kept, StoreJson.Lines.KeptObject));
            (count, bytes) = (count + 1, bytes + kept.Size);
        }
        buffer.Drain();
        Exception? failure = null;
        try
        {
            await listing;
        }
        catch (Exception exception) when (exception is ServiceException or InvalidDataException)
        {
            failure = exception;
        }
        await file.CommitCopiesAsync(new(count, bytes), cancel);
        if (failure is not null) sink.Report("", failure);
    }

    private async Task ListAsync(IAsyncEnumerable<ListedObject> objects, ChannelWriter<Task<KeptObject?>> lines, CancellationToken cancel)
    {
        var group = context.Transfers.NewGroup();
        try
        {
            using var known = new EarlierCopies(sink.OpenOfBase(document, cancel), document, _place, context.Options.OnWarning);
            var there = context.S3.ListVersionsAsync(_place.Bucket, cancel, _place.Prefix).Where(version => version is { IsLatest: true, IsDeleteMarker: false });
            await foreach (var (listed, copy) in MergeJoin.JoinAsync(objects, each => each.Key, there, each => each.Key[_place.Prefix.Length..], Utf8Order.Instance, cancel))
                if (listed is not null) await lines.WriteAsync(await LineOfAsync(listed, copy, known.Find(listed.Key), group, cancel), cancel);
        }
        finally
        {
            try
            {
                await group.CompleteAsync();
            }
            finally
            {
                lines.Complete();
            }
        }
    }

    private async Task<Task<KeptObject?>> LineOfAsync(ListedObject listed, ListedVersion? there, KeptObject? known, WorkGroup group, CancellationToken cancel)
    {
        if (there is not null && known is not null && IsAsKnown(listed, there, known)) return Task.FromResult<KeptObject?>(known with { StorageClass = ClassOf(listed) });
        // What was written in the second of the copy may have been written after it.
        var isCandidate = there is not null && there.Size == listed.Size && there.LastModified.ToUnixTimeSeconds() > listed.LastModified.ToUnixTimeSeconds();
        if (isCandidate && there!.ETag == listed.ETag) return Task.FromResult<KeptObject?>(Line(listed, there.VersionId, there.ETag));
        TaskCompletionSource<KeptObject?> line = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await group.AddAsync(async token =>
        {
            try
            {
                line.SetResult(isCandidate && await ProveAsync(listed, there!, token) is { } proven ? proven : await CopyAsync(listed, token));
            }
            catch (ServiceException exception)
            {
                sink.Report("CopyObject", exception, listed.Key);
                line.SetResult(null);
            }
            catch (Exception exception)
            {
                line.SetException(exception);
                throw;
            }
        }, cancel);
        return line.Task;
    }

    private static bool IsAsKnown(ListedObject listed, ListedVersion there, KeptObject known) =>
        known.ETag == listed.ETag && known.Size == listed.Size && known.LastModified.ToUnixTimeSeconds() == listed.LastModified.ToUnixTimeSeconds()
        && known.Copy.VersionId == there.VersionId && known.Copy.ETag == there.ETag && there.Size == listed.Size;

    /// <summary>The ETags of an object that came in parts, or is under KMS, and of its copy are never the same: checksums may be.</summary>
    private async Task<KeptObject?> ProveAsync(ListedObject listed, ListedVersion there, CancellationToken cancel)
    {
        var source = await context.S3.ReadHeadersAsync(bucket, listed.Key, cancel);
        if (source.ETag != listed.ETag) return null;
        var (one, other) = (source.ToRecord(listed.Key), (await context.S3.ReadHeadersAsync(_place.Bucket, there.Key, cancel, there.VersionId)).ToRecord(listed.Key));
        return ObjectComparison.CompareStated(one, other) is not { AreSame: true } ? null
            : Line(listed, there.VersionId, other.ETag, other.Checksum) with { VersionId = one.VersionId, Checksum = one.Checksum };
    }

    private async Task<KeptObject> CopyAsync(ListedObject listed, CancellationToken cancel)
    {
        ObjectPlace destination = new(_place.Bucket, _place.Prefix + listed.Key);
        var copied = await _copies.CopyAsync(new(bucket, listed.Key), listed, destination, cancel);
        var line = Line(copied.Source, copied.Copy.VersionId ?? throw Unversioned(destination), copied.Copy.ETag, copied.Copy.Checksum);
        return line with { VersionId = copied.Copy.SourceVersionId, Copy = line.Copy with { Unverified = copied.IsVerified ? null : "NoChecksum" } };
    }

    private KeptObject Line(ListedObject listed, string version, string? etag, string? checksum = null) => new()
    {
        Key = listed.Key,
        ETag = listed.ETag,
        Size = listed.Size,
        LastModified = listed.LastModified,
        StorageClass = ClassOf(listed),
        Copy = new() { Bucket = _place.Bucket, Key = _place.Prefix + listed.Key, VersionId = version, ETag = etag ?? "", Checksum = checksum },
    };

    private static string? ClassOf(ListedObject listed) => listed.StorageClass is "STANDARD" or "" ? null : listed.StorageClass;

    private static ServiceException Unversioned(ObjectPlace copy) =>
        new($"{copy} has no version: the bucket keeps none any more.") { Code = "NotVersioned", Service = "s3", Operation = "CopyObject" };
}
