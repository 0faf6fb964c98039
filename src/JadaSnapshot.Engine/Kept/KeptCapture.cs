using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Kept;

/// <summary>
/// Keeps the objects of a bucket as copies in S3, which copies what is missing or differs. What stands for the objects in the snapshot is one document
/// that names each copy by its version.
/// </summary>
/// <param name="context">Who calls, and the places for copies.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="document">Where the document goes.</param>
/// <param name="sink">The snapshot.</param>
internal sealed class KeptCapture(LayerContext context, string bucket, string document, ISnapshotSink sink)
{
    private readonly S3Place _place = CopiesDocument.PlaceOf(context.Options.Keep!, bucket);
    private readonly KeptListing _listing = new(context, bucket, CopiesDocument.PlaceOf(context.Options.Keep!, bucket));
    private readonly ObjectCopy _copies = new(context.S3, context.Transfers);

    /// <summary>Has copied what has to be copied, and writes the document. An object without a copy is a problem.</summary>
    /// <param name="list">Lists the objects of the bucket, in the order of their keys.</param>
    /// <param name="cancel">Ends it. The next run finds the copies that were made.</param>
    public async Task CaptureAsync(Func<IAsyncEnumerable<ListedObject>> list, CancellationToken cancel)
    {
        using EarlierCopies known = new(sink.OpenOfBase(document, cancel), document, _place, context.Options.OnWarning);
        if (context.Options.KeepBatch is not { } order)
        {
            await WriteAsync(list(), known, (listed, _) => new(token => CopyAsync(listed, token)), cancel);
            return;
        }
        using KeptBatch batch = new(context, bucket, _place, _listing, order, (exception, key) => sink.Report("CopyObject", exception, key));
        using var settled = await batch.RunAsync(list(), known, document, cancel);
        await WriteAsync(list(), settled, async (listed, there) => await batch.OutcomeAsync(listed, there) ?? (token => CopyAsync(listed, token)), cancel);
    }

    private async Task WriteAsync(IAsyncEnumerable<ListedObject> objects, EarlierCopies known, Func<ListedObject, ListedVersion?, ValueTask<LineMaker>> onMissing, CancellationToken cancel)
    {
        using var file = sink.Create(document);
        LineBuffer lines = new(file.Write);
        var (count, bytes) = (0L, 0L);
        try
        {
            await foreach (var step in _listing.ReadAsync(objects, known, onMissing, cancel))
            {
                if (step.Line is not { } line) continue;
                lines.Append(JsonSerializer.SerializeToUtf8Bytes(line, StoreJson.Lines.KeptObject));
                (count, bytes) = (count + 1, bytes + line.Size);
            }
        }
        catch (Exception exception) when (exception is ServiceException or InvalidDataException)
        {
            // What is known by then is worth having.
            sink.Report("", exception);
        }
        lines.Drain();
        await file.CommitCopiesAsync(new(count, bytes), cancel);
    }

    private async Task<KeptObject?> CopyAsync(ListedObject listed, CancellationToken cancel)
    {
        ObjectPlace destination = new(_place.Bucket, _place.Prefix + listed.Key);
        try
        {
            var copied = await _copies.CopyAsync(new(bucket, listed.Key), listed, destination, cancel);
            var line = _listing.Line(copied.Source, copied.Copy.VersionId ?? throw Unversioned(destination), copied.Copy.ETag, copied.Copy.Checksum);
            return line with { VersionId = copied.Copy.SourceVersionId, Copy = line.Copy with { Unverified = copied.IsVerified ? null : KeptCopy.NoChecksum } };
        }
        catch (ServiceException exception)
        {
            sink.Report("CopyObject", exception, listed.Key);
            return null;
        }
    }

    private static ServiceException Unversioned(ObjectPlace copy) =>
        new($"{copy} has no version: the bucket keeps none any more.") { Code = "NotVersioned", Service = "s3", Operation = "CopyObject" };
}
