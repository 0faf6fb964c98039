using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Sync;

/// <summary>A copy between buckets while it goes on: compares, decides about each object, has it copied, and counts.</summary>
internal sealed class BucketCopyRun
{
    private readonly ObjectCopy _copies;
    private readonly ObjectSides _sides;
    private readonly BucketCopyOrder _order;
    private readonly Action<ObjectChange> _onChange;
    private readonly Action<Problem> _onProblem;
    private readonly KeyFilter _filter;
    private readonly BucketComparison _comparison;
    private readonly LeftOvers _leftOvers;
    private bool _isListed = true;
    private long _differing, _undecided, _copied, _copiedBytes, _unverified, _problems;

    public BucketCopyRun(S3Client s3, ObjectCopy copies, ObjectSides sides, BucketCopyOrder order, Action<ObjectChange> onChange, Action<Problem> onProblem)
    {
        (_copies, _sides, _order, _onChange, _onProblem) = (copies, sides, order, onChange, onProblem);
        _leftOvers = new(s3, order.Destination, order.MaxDelete);
        _filter = new(order.Rules);
        _comparison = new(order.WithMetadata, CouldNotCompare);
    }

    /// <summary>What differs, as every comparison of two places finds it.</summary>
    public IAsyncEnumerable<DifferingObject> CompareAsync(CancellationToken cancel) => _comparison.CompareAsync(
        _sides.ListAsync(_order.Source, _order.Destination, cancel).Where(side => _filter.Wants(side.Key) && StaysApart(side.Key)),
        _sides.ListAsync(_order.Destination, _order.Source, cancel).Where(side => _filter.Wants(side.Key)), cancel);

    /// <summary>Decides about an object; what there is to copy comes back.</summary>
    public Func<CancellationToken, Task>? Decide(DifferingObject differing)
    {
        if (differing.Reference is not { } source)
        {
            _leftOvers.Add(differing.Changed!);
            return null;
        }
        if ((differing.Changed is { } changed ? CopyReason.Of(source, changed, differing.Differences) : ChangeReason.New) is not { } reason) return null;
        _differing++;
        if (!_order.PlanOnly) return cancel => CopyAsync(source, reason, cancel);
        Done(source, source.Size, reason);
        return null;
    }

    /// <summary>Deletes what the destination alone holds. Nothing is deleted after a listing that did not come to its end.</summary>
    public async Task DeleteAsync(CancellationToken cancel)
    {
        if (!_isListed || _leftOvers.Count == 0) return;
        if (_comparison.Compared == _leftOvers.Count)
            Report("", new StoreException(StoreFault.EmptySource, $"{_order.Source} holds nothing that is wanted, and {_order.Destination} {_leftOvers.Count:N0} objects: none was deleted. Look whether the bucket and the prefix are the right ones."));
        else if (_leftOvers.AreTooMany)
            Report("", new StoreException(StoreFault.DeleteLimit, $"{_leftOvers.Count:N0} objects of {_order.Destination} are not in {_order.Source}, and at most {_order.MaxDelete:N0} may be deleted: none was. Look at them with -WhatIf, and raise -MaxDelete if that is right."));
        else
            await _leftOvers.DeleteAsync(_order.PlanOnly, Deleted, (exception, key) => Report("DeleteObjects", exception, key), cancel);
    }

    public BucketCopyResult ToResult(TimeSpan duration) => new()
    {
        Source = _order.Source,
        Destination = _order.Destination,
        ObjectCount = _comparison.Compared - _leftOvers.Count,
        TotalBytes = _comparison.Bytes,
        CopiedCount = _copied,
        CopiedBytes = _copiedBytes,
        UnchangedCount = _comparison.Compared - _leftOvers.Count - _differing - _undecided,
        UnverifiedCount = _unverified,
        DeletedCount = _leftOvers.Deleted,
        LeftOverCount = _leftOvers.Count - _leftOvers.Deleted,
        ProblemCount = _problems,
        Duration = duration,
    };

    /// <summary>Whether an object goes anywhere but into the source itself, where that lies within the destination.</summary>
    private bool StaysApart(string key)
    {
        if (!_order.Destination.Holds(_order.Source) || !PlaceOf(_order.Destination, key).Key.StartsWith(_order.Source.Prefix, StringComparison.Ordinal)) return true;
        Report("CopyObject", new InvalidDataException($"Its copy would be part of {_order.Source}, from which is copied."), key);
        return false;
    }

    private async Task CopyAsync(SideObject source, ChangeReason reason, CancellationToken cancel)
    {
        try
        {
            var copied = await _copies.CopyAsync(PlaceOf(_order.Source, source.Key), source.Size, source.ETag, PlaceOf(_order.Destination, source.Key), cancel);
            if (!copied.IsVerified) Interlocked.Increment(ref _unverified);
            Done(source, copied.Size, reason);
        }
        catch (ServiceException exception)
        {
            Report("CopyObject", exception, source.Key);
        }
    }

    private void Deleted(SideObject side)
    {
        var place = PlaceOf(_order.Destination, side.Key);
        _onChange(new() { BucketName = place.Bucket, Key = place.Key, Action = ObjectAction.Delete, Reason = ChangeReason.GoneFromBucket, Size = side.Size, LastModified = side.LastModified, Path = $"{place}" });
    }

    private void Done(SideObject source, long size, ChangeReason reason)
    {
        Interlocked.Increment(ref _copied);
        Interlocked.Add(ref _copiedBytes, size);
        var place = PlaceOf(_order.Destination, source.Key);
        _onChange(new()
        {
            BucketName = place.Bucket,
            Key = place.Key,
            Action = ObjectAction.Copy,
            Reason = reason,
            Size = size,
            LastModified = source.LastModified,
            Path = $"{place}",
            Source = $"{PlaceOf(_order.Source, source.Key)}",
        });
    }

    private void CouldNotCompare(Exception exception, string? key)
    {
        if (key is null) _isListed = false;
        else Interlocked.Increment(ref _undecided);
        Report(key is null ? "ListObjectsV2" : "HeadObject", exception, key);
    }

    private void Report(string operation, Exception exception, string? key = null)
    {
        Interlocked.Increment(ref _problems);
        _onProblem(Failure.ToProblem(exception, "s3", operation, key is null ? $"{_order.Source} → {_order.Destination}" : $"{PlaceOf(_order.Source, key)}"));
    }

    private static ObjectPlace PlaceOf(BucketPlace place, string key) => new(place.BucketName, place.Prefix + key);
}
