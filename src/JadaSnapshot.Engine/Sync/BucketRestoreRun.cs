using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Sync;

/// <summary>A restore of a bucket's objects while it goes on: what differs is uploaded, or copied by S3 where the snapshot keeps it there.</summary>
internal sealed class BucketRestoreRun(S3Client s3, ObjectUpload uploads, WorkPool places, ObjectSides sides, BucketRestoreOrder order, Action<ObjectChange> onChange, Action<Problem> onProblem)
    : ObjectsRun(s3, order.Place, withMetadata: true, order.MaxDelete, order.PlanOnly, onChange, onProblem)
{
    private readonly KeyFilter _filter = new(order.Rules);
    private readonly KeyPatterns _neverCaptured = KeyPatterns.Of(order.Side.Snapshot.ExcludeKeys);

    protected override ChangeReason ReasonOfMissing => ChangeReason.GoneFromBucket;

    protected override IAsyncEnumerable<SideObject> SourceAsync(CancellationToken cancel) => order.Side.ObjectsAsync(order.Bucket, cancel).Where(side => _filter.Wants(side.Key));

    protected override IAsyncEnumerable<SideObject> DestinationAsync(CancellationToken cancel) =>
        sides.ListAsync(order.Place, order.Place, cancel).Where(side => _filter.Wants(side.Key) && !_neverCaptured.Match(side.Key));

    protected override async Task WriteAsync(SideObject source, SideObject? there, ChangeReason reason, CancellationToken cancel)
    {
        try
        {
            var condition = there is null ? WriteCondition.Nothing : WriteCondition.ETag(there.ETag);
            ObjectPlace destination = new(order.Place.BucketName, source.Key);
            if (source.Kept is { } kept) await CopyAsync(kept, destination, condition, cancel);
            else await order.Side.Files.UseAsync(source.Captured!, path => uploads.UploadAsync(new(path, source.Size, source.Sha256!, source.Record!), destination, condition, cancel), cancel);
            Done(source, source.Size, reason);
        }
        catch (ServiceException exception) when (exception.StatusCode == 412)
        {
            await LookAnewAsync(source, reason, exception, cancel);
        }
        catch (Exception exception) when (exception is ServiceException or StoreException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Report(OperationOf(source), exception, source.Key);
        }
    }

    protected override StoreException? WhyNotDeleted(long leftOver, bool hasNone) => order.Side.HasProblems(order.Bucket)
        ? new(StoreFault.IncompleteSource, $"{order.Side.Name} does not hold all of {order.Bucket.Name}, and {order.Place} {leftOver:N0} objects that it does not: none was deleted.")
        : null;

    protected override string TooMany(long leftOver) => $"{leftOver:N0} objects of {order.Place} are not in {order.Side.Name}, and at most {order.MaxDelete:N0} may be deleted";

    protected override ObjectChange Written(SideObject source, ChangeReason reason) => Change(source, source.Kept is null ? ObjectAction.Upload : ObjectAction.Copy, reason);

    protected override ObjectChange Deleted(SideObject left) => Change(left, ObjectAction.Delete, ChangeReason.NotInSnapshot);

    protected override string NameOf(string? key) => key is null ? order.Place.BucketName : $"{order.Place.BucketName}/{key}";

    private Task<CopiedObject> CopyAsync(KeptObject kept, ObjectPlace destination, WriteCondition condition, CancellationToken cancel) =>
        new ObjectCopy(S3, places) { Condition = condition, StorageClass = kept.StorageClass }
            .CopyAsync(kept.Copy.Place, new(kept.Copy.Key, kept.Size, kept.Copy.ETag, kept.LastModified, "", kept.Copy.VersionId), destination, cancel);

    /// <summary>What is in the way may be the object itself, written by an attempt whose answer was lost.</summary>
    private async Task LookAnewAsync(SideObject captured, ChangeReason reason, ServiceException refusal, CancellationToken cancel)
    {
        try
        {
            var now = await S3.ReadHeadersAsync(order.Place.BucketName, captured.Key, cancel);
            var live = sides.Of(order.Place.BucketName, new(captured.Key, now.Length ?? 0, now.ETag, now.LastModified, ""), captured.Key);
            if (CopyReason.Of(captured, live, await ObjectDifferences.CompareAsync(captured, live, withMetadata: true, cancel)) is null) Done(captured, captured.Size, reason);
            else Report(OperationOf(captured), refusal, captured.Key);
        }
        catch (ServiceException)
        {
            Report(OperationOf(captured), refusal, captured.Key);
        }
    }

    private static string OperationOf(SideObject source) => source.Kept is null ? "PutObject" : "CopyObject";

    private ObjectChange Change(SideObject side, ObjectAction action, ChangeReason reason) => new()
    {
        BucketName = order.Place.BucketName,
        Key = side.Key,
        Action = action,
        Reason = reason,
        Size = side.Size,
        LastModified = side.LastModified,
        Path = $"{order.Place.BucketName}/{side.Key}",
        Source = side.Captured is { } file ? order.Side.Files.PlaceOf(file) : side.Kept?.Copy.Place.ToString(),
    };
}
