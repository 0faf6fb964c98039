using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Sync;

/// <summary>A restore of a bucket's objects while it goes on: compares, decides about each object, uploads it, and counts.</summary>
internal sealed class BucketRestoreRun
{
    private readonly S3Client _s3;
    private readonly ObjectUpload _uploads;
    private readonly ObjectSides _sides;
    private readonly BucketRestoreOrder _order;
    private readonly Action<ObjectChange> _onChange;
    private readonly Action<Problem> _onProblem;
    private readonly BucketPlace _destination;
    private readonly KeyFilter _filter;
    private readonly KeyPatterns _neverCaptured;
    private readonly BucketComparison _comparison;
    private readonly LeftOvers _leftOvers;
    private bool _isListed = true;
    private long _differing, _undecided, _uploaded, _uploadedBytes, _problems;

    public BucketRestoreRun(S3Client s3, ObjectUpload uploads, ObjectSides sides, BucketRestoreOrder order, Action<ObjectChange> onChange, Action<Problem> onProblem)
    {
        (_s3, _uploads, _sides, _order, _onChange, _onProblem) = (s3, uploads, sides, order, onChange, onProblem);
        _destination = new(order.Destination ?? order.Bucket.Name);
        _filter = new(order.Rules);
        _neverCaptured = KeyPatterns.Of(order.Side.Snapshot.ExcludeKeys);
        _comparison = new(withMetadata: true, CouldNotCompare);
        _leftOvers = new(s3, _destination, order.MaxDelete);
    }

    /// <summary>What differs, as every comparison of a snapshot finds it.</summary>
    public IAsyncEnumerable<DifferingObject> CompareAsync(CancellationToken cancel) => _comparison.CompareAsync(
        _order.Side.ObjectsAsync(_order.Bucket, cancel).Where(side => _filter.Wants(side.Key)),
        _sides.ListAsync(_destination, _destination, cancel).Where(side => _filter.Wants(side.Key) && !_neverCaptured.Match(side.Key)), cancel);

    /// <summary>Decides about an object; what there is to upload comes back.</summary>
    public Func<CancellationToken, Task>? Decide(DifferingObject differing)
    {
        if (differing.Reference is not { } captured)
        {
            _leftOvers.Add(differing.Changed!);
            return null;
        }
        if ((differing.Changed is { } live ? CopyReason.Of(captured, live, differing.Differences) : ChangeReason.GoneFromBucket) is not { } reason) return null;
        _differing++;
        if (!_order.PlanOnly) return cancel => UploadAsync(captured, differing.Changed, reason, cancel);
        Done(captured, reason);
        return null;
    }

    /// <summary>Deletes what the snapshot does not hold. Nothing is deleted where the bucket was not listed or not captured to its end.</summary>
    public async Task DeleteAsync(CancellationToken cancel)
    {
        if (!_isListed || _leftOvers.Count == 0) return;
        if (_order.Side.HasProblems(_order.Bucket))
            Report("", new StoreException(StoreFault.IncompleteSource, $"{_order.Side.Name} does not hold all of {_order.Bucket.Name}, and {_destination} {_leftOvers.Count:N0} objects that it does not: none was deleted."));
        else if (_leftOvers.AreTooMany)
            Report("", new StoreException(StoreFault.DeleteLimit, $"{_leftOvers.Count:N0} objects of {_destination} are not in {_order.Side.Name}, and at most {_order.MaxDelete:N0} may be deleted: none was. Look at them with -WhatIf, and raise -MaxDelete if that is right."));
        else
            await _leftOvers.DeleteAsync(_order.PlanOnly, left => Tell(left, ObjectAction.Delete, ChangeReason.NotInSnapshot), (exception, key) => Report("DeleteObjects", exception, key), cancel);
    }

    public BucketRestoreResult ToResult(TimeSpan duration) => new()
    {
        SnapshotName = _order.Side.Name,
        SourceBucketName = _order.Bucket.Name,
        BucketName = _destination.BucketName,
        ObjectCount = _comparison.Compared - _leftOvers.Count,
        TotalBytes = _comparison.Bytes,
        UploadedCount = _uploaded,
        UploadedBytes = _uploadedBytes,
        UnchangedCount = _comparison.Compared - _leftOvers.Count - _differing - _undecided,
        DeletedCount = _leftOvers.Deleted,
        LeftOverCount = _leftOvers.Count - _leftOvers.Deleted,
        ProblemCount = _problems,
        Duration = duration,
    };

    private async Task UploadAsync(SideObject captured, SideObject? live, ChangeReason reason, CancellationToken cancel)
    {
        try
        {
            var condition = live is null ? WriteCondition.Nothing : WriteCondition.ETag(live.ETag);
            await _uploads.UploadAsync(new(captured.Path!, captured.Size, captured.Sha256!, captured.Record!), new(_destination.BucketName, captured.Key), condition, cancel);
            Done(captured, reason);
        }
        catch (ServiceException exception) when (exception.StatusCode == 412)
        {
            await LookAnewAsync(captured, reason, exception, cancel);
        }
        catch (Exception exception) when (exception is ServiceException or StoreException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Report("PutObject", exception, captured.Key);
        }
    }

    /// <summary>What is in the way may be the object itself, written by an attempt whose answer was lost.</summary>
    private async Task LookAnewAsync(SideObject captured, ChangeReason reason, ServiceException refusal, CancellationToken cancel)
    {
        try
        {
            var now = await _s3.ReadHeadersAsync(_destination.BucketName, captured.Key, cancel);
            var live = _sides.Of(_destination.BucketName, new(captured.Key, now.Length ?? 0, now.ETag, now.LastModified, ""), captured.Key);
            if (CopyReason.Of(captured, live, await ObjectDifferences.CompareAsync(captured, live, withMetadata: true, cancel)) is null) Done(captured, reason);
            else Report("PutObject", refusal, captured.Key);
        }
        catch (ServiceException)
        {
            Report("PutObject", refusal, captured.Key);
        }
    }

    private void Done(SideObject captured, ChangeReason reason)
    {
        Interlocked.Increment(ref _uploaded);
        Interlocked.Add(ref _uploadedBytes, captured.Size);
        Tell(captured, ObjectAction.Upload, reason);
    }

    private void Tell(SideObject side, ObjectAction action, ChangeReason reason) => _onChange(new()
    {
        BucketName = _destination.BucketName,
        Key = side.Key,
        Action = action,
        Reason = reason,
        Size = side.Size,
        LastModified = side.LastModified,
        Path = $"{_destination.BucketName}/{side.Key}",
        Source = side.Path,
    });

    private void CouldNotCompare(Exception exception, string? key)
    {
        if (key is null) _isListed = false;
        else Interlocked.Increment(ref _undecided);
        Report(key is null ? "ListObjectsV2" : "HeadObject", exception, key);
    }

    private void Report(string operation, Exception exception, string? key = null)
    {
        Interlocked.Increment(ref _problems);
        _onProblem(Failure.ToProblem(exception, _order.Bucket.Layer, operation, key is null ? _destination.BucketName : $"{_destination.BucketName}/{key}"));
    }
}
