using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Sync;

/// <summary>A copy between buckets while it goes on: S3 copies what differs.</summary>
internal class BucketCopyRun(S3Client s3, ObjectCopy copies, ObjectSides sources, ObjectSides sides, BucketCopyOrder order, Action<ObjectChange> onChange, Action<Problem> onProblem)
    : ObjectsRun(s3, order.Destination, order.WithMetadata, order.MaxDelete, order.PlanOnly, onChange, onProblem)
{
    private readonly KeyFilter _filter = new(order.Rules);
    private long _unverified, _gone;

    public BucketCopyResult ToResult(TimeSpan duration)
    {
        var counts = Counts;
        return new()
        {
            Source = order.Source,
            Destination = order.Destination,
            ObjectCount = counts.ObjectCount,
            TotalBytes = counts.TotalBytes,
            CopiedCount = counts.WrittenCount,
            CopiedBytes = counts.WrittenBytes,
            UnchangedCount = counts.UnchangedCount,
            UnverifiedCount = _unverified,
            DeletedCount = counts.DeletedCount,
            LeftOverCount = counts.LeftOverCount,
            GoneCount = _gone,
            ProblemCount = counts.ProblemCount,
            Duration = duration,
        };
    }

    protected BucketCopyOrder Order => order;

    protected ObjectCopy Copies => copies;

    protected ObjectSides Sides => sides;

    protected override ChangeReason ReasonOfMissing => ChangeReason.New;

    protected override IAsyncEnumerable<SideObject> SourceAsync(CancellationToken cancel) =>
        sources.ListAsync(order.Source, order.Destination, cancel).Where(side => _filter.Wants(side.Key) && StaysApart(side.Key));

    protected override IAsyncEnumerable<SideObject> DestinationAsync(CancellationToken cancel) =>
        sides.ListAsync(order.Destination, order.Source, cancel).Where(side => _filter.Wants(side.Key));

    protected override async Task WriteAsync(SideObject source, SideObject? there, ChangeReason reason, CancellationToken cancel)
    {
        try
        {
            var copied = await copies.CopyAsync(PlaceOf(order.Source, source.Key), new(source.Key, source.Size, source.ETag, source.LastModified, ""), PlaceOf(order.Destination, source.Key), cancel);
            Done(source, copied, reason);
        }
        catch (ServiceException exception)
        {
            await ReportAsync("CopyObject", exception, source, cancel);
        }
    }

    /// <summary>Says why an object was not copied, unless it is gone since an inventory listed it.</summary>
    protected async Task ReportAsync(string operation, ServiceException exception, SideObject source, CancellationToken cancel)
    {
        if (exception.Kind == FailureKind.NotFound && await IsGoneAsync(source, cancel)) Interlocked.Increment(ref _gone);
        else Report(operation, exception, source.Key);
    }

    private static async Task<bool> IsGoneAsync(SideObject side, CancellationToken cancel)
    {
        try
        {
            await side.DescribeAsync(cancel);
            return false;
        }
        catch (GoneSinceException)
        {
            return true;
        }
        catch (ServiceException)
        {
            return false;
        }
    }

    /// <summary>Says that an object was copied.</summary>
    protected void Done(SideObject source, CopiedObject copied, ChangeReason reason)
    {
        if (!copied.IsVerified) Interlocked.Increment(ref _unverified);
        Done(source, copied.Source.Size, reason);
    }

    /// <summary>The object of a key in a place.</summary>
    protected static ObjectPlace PlaceOf(BucketPlace place, string key) => new(place.BucketName, place.Prefix + key);

    protected override StoreException? WhyNotDeleted(long leftOver, bool hasNone) => hasNone
        ? new(StoreFault.EmptySource, $"{order.Source} holds nothing that is wanted, and {order.Destination} {leftOver:N0} objects: none was deleted. Look whether the bucket and the prefix are the right ones.")
        : null;

    protected override string TooMany(long leftOver) => $"{leftOver:N0} objects of {order.Destination} are not in {order.Source}, and at most {order.MaxDelete:N0} may be deleted";

    protected override ObjectChange Written(SideObject source, ChangeReason reason) => Change(source, ObjectAction.Copy, reason) with { Source = $"{PlaceOf(order.Source, source.Key)}" };

    protected override ObjectChange Deleted(SideObject left) => Change(left, ObjectAction.Delete, ChangeReason.GoneFromBucket);

    protected override string NameOf(string? key) => key is null ? $"{order.Source} → {order.Destination}" : $"{PlaceOf(order.Source, key)}";

    /// <summary>Whether an object goes anywhere but into the source itself, where that lies within the destination.</summary>
    private bool StaysApart(string key)
    {
        if (!order.Destination.Holds(order.Source) || !PlaceOf(order.Destination, key).Key.StartsWith(order.Source.Prefix, StringComparison.Ordinal)) return true;
        Report("CopyObject", new InvalidDataException($"Its copy would be part of {order.Source}, from which is copied."), key);
        return false;
    }

    private ObjectChange Change(SideObject side, ObjectAction action, ChangeReason reason)
    {
        var place = PlaceOf(order.Destination, side.Key);
        return new() { BucketName = place.Bucket, Key = place.Key, Action = action, Reason = reason, Size = side.Size, LastModified = side.LastModified, Path = $"{place}" };
    }
}
