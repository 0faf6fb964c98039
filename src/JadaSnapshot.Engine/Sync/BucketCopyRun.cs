using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Sync;

/// <summary>A copy between buckets while it goes on: compares, decides about each object, has it copied, and counts.</summary>
internal sealed class BucketCopyRun
{
    private readonly S3Client _s3;
    private readonly ObjectCopy _copies;
    private readonly ObjectSides _sides;
    private readonly BucketCopyOrder _order;
    private readonly Action<ObjectChange> _onChange;
    private readonly Action<Problem> _onProblem;
    private readonly KeyFilter _filter;
    private readonly BucketComparison _comparison;
    private readonly List<SideObject> _leftOver = [];
    private bool _isListed = true;
    private long _differing, _undecided, _leftOvers, _copied, _copiedBytes, _unverified, _deleted, _problems;

    public BucketCopyRun(S3Client s3, ObjectCopy copies, ObjectSides sides, BucketCopyOrder order, Action<ObjectChange> onChange, Action<Problem> onProblem)
    {
        (_s3, _copies, _sides, _order, _onChange, _onProblem) = (s3, copies, sides, order, onChange, onProblem);
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
            // One more than may be deleted is enough to know that none is.
            if (_leftOver.Count <= _order.MaxDelete) _leftOver.Add(differing.Changed!);
            _leftOvers++;
            return null;
        }
        if (ReasonOf(differing) is not { } reason) return null;
        _differing++;
        if (!_order.PlanOnly) return cancel => CopyAsync(source, reason, cancel);
        Done(source, source.Size, reason);
        return null;
    }

    /// <summary>Deletes what the destination alone holds. Nothing is deleted after a listing that did not come to its end.</summary>
    public async Task DeleteAsync(CancellationToken cancel)
    {
        if (!_isListed || _leftOvers == 0) return;
        if (_comparison.Compared == _leftOvers)
            Report("", new StoreException(StoreFault.EmptySource, $"{_order.Source} holds nothing that is wanted, and {_order.Destination} {_leftOvers:N0} objects: none was deleted. Look whether the bucket and the prefix are the right ones."));
        else if (_leftOvers > _order.MaxDelete)
            Report("", new StoreException(StoreFault.DeleteLimit, $"{_leftOvers:N0} objects of {_order.Destination} are not in {_order.Source}, and at most {_order.MaxDelete:N0} may be deleted: none was. Look at them with -WhatIf, and raise -MaxDelete if that is right."));
        else
            foreach (var batch in _leftOver.Chunk(ObjectDeletion.BatchSize)) await DeleteAsync(batch, cancel);
    }

    public BucketCopyResult ToResult(TimeSpan duration) => new()
    {
        Source = _order.Source,
        Destination = _order.Destination,
        ObjectCount = _comparison.Compared - _leftOvers,
        TotalBytes = _comparison.Bytes,
        CopiedCount = _copied,
        CopiedBytes = _copiedBytes,
        UnchangedCount = _comparison.Compared - _leftOvers - _differing - _undecided,
        UnverifiedCount = _unverified,
        DeletedCount = _deleted,
        LeftOverCount = _leftOvers - _deleted,
        ProblemCount = _problems,
        Duration = duration,
    };

    private static ChangeReason? ReasonOf(DifferingObject differing) => differing switch
    {
        { Changed: null } => ChangeReason.New,
        _ when differing.Reference!.Size != differing.Changed.Size => ChangeReason.SizeChanged,
        _ when differing.Differences.Any(difference => difference.Kind == DifferenceKind.Content) => ChangeReason.ContentChanged,
        _ when differing.Differences.Any(CanBeCopied) => ChangeReason.Rewritten,
        _ => null,
    };

    // How it is encrypted and locked is the destination's own affair.
    private static bool CanBeCopied(ObjectDifference difference) =>
        !difference.Path!.StartsWith("x-amz-", StringComparison.Ordinal) || difference.Path.StartsWith("x-amz-meta-", StringComparison.Ordinal) || difference.Path == "x-amz-website-redirect-location";

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

    private async Task DeleteAsync(IReadOnlyList<SideObject> batch, CancellationToken cancel)
    {
        try
        {
            string[] keys = [.. batch.Select(side => PlaceOf(_order.Destination, side.Key).Key)];
            var failed = _order.PlanOnly ? new Dictionary<string, ServiceException>() : await _s3.DeleteAsync(_order.Destination.BucketName, keys, cancel);
            foreach (var side in batch)
            {
                var place = PlaceOf(_order.Destination, side.Key);
                if (failed.TryGetValue(place.Key, out var exception))
                {
                    Report("DeleteObjects", exception, side.Key);
                    continue;
                }
                _deleted++;
                _onChange(new() { BucketName = place.Bucket, Key = place.Key, Action = ObjectAction.Delete, Reason = ChangeReason.GoneFromBucket, Size = side.Size, LastModified = side.LastModified, Path = $"{place}" });
            }
        }
        catch (ServiceException exception)
        {
            Report("DeleteObjects", exception);
        }
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
