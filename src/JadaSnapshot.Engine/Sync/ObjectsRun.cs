using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Sync;

/// <summary>Makes the objects of a place in a bucket what a source has, while it goes on: decides about each that differs, has it written, deletes what only the destination holds, and counts.</summary>
internal abstract class ObjectsRun
{
    private readonly BucketComparison _comparison;
    private readonly LeftOvers _leftOvers;
    private readonly bool _planOnly;
    private readonly Action<ObjectChange> _onChange;
    private readonly Action<Problem> _onProblem;
    private bool _isListed = true;
    private long _differing, _undecided, _written, _writtenBytes, _problems;

    /// <param name="s3">Who is called.</param>
    /// <param name="destination">The place.</param>
    /// <param name="withMetadata">Whether headers, metadata and tags count.</param>
    /// <param name="maxDelete">The most objects that are deleted; where more would be, none is.</param>
    /// <param name="planOnly">Whether nothing is done but to say what would be.</param>
    /// <param name="onChange">Is told of every object that is written or deleted, once it is done, from any thread.</param>
    /// <param name="onProblem">Is told of what could not be done, from any thread; the rest goes on.</param>
    protected ObjectsRun(S3Client s3, BucketPlace destination, bool withMetadata, int maxDelete, bool planOnly, Action<ObjectChange> onChange, Action<Problem> onProblem)
    {
        (S3, _planOnly, _onChange, _onProblem) = (s3, planOnly, onChange, onProblem);
        _comparison = new(withMetadata, CouldNotCompare);
        _leftOvers = new(s3, destination, maxDelete);
    }

    /// <summary>Who is called.</summary>
    protected S3Client S3 { get; }

    /// <summary>What was done so far.</summary>
    public ObjectCounts Counts => new()
    {
        ObjectCount = _comparison.Compared - _leftOvers.Count,
        TotalBytes = _comparison.Bytes,
        WrittenCount = _written,
        WrittenBytes = _writtenBytes,
        UnchangedCount = _comparison.Compared - _leftOvers.Count - _differing - _undecided,
        DeletedCount = _leftOvers.Deleted,
        LeftOverCount = _leftOvers.Count - _leftOvers.Deleted,
        ProblemCount = _problems,
    };

    /// <summary>Does it.</summary>
    /// <param name="places">The places for what is written.</param>
    /// <param name="delete">Whether what only the destination holds is deleted.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(WorkPool places, bool delete, CancellationToken cancel)
    {
        var writes = places.NewGroup();
        try
        {
            await foreach (var differing in _comparison.CompareAsync(SourceAsync(cancel), DestinationAsync(cancel), cancel))
                if (Decide(differing) is { } write) await writes.AddAsync(write, cancel);
        }
        finally
        {
            await writes.CompleteAsync();
        }
        await WriteDeferredAsync(places, cancel);
        if (delete) await DeleteAsync(cancel);
    }

    /// <summary>The objects as they are to be, in the order of their keys.</summary>
    protected abstract IAsyncEnumerable<SideObject> SourceAsync(CancellationToken cancel);

    /// <summary>The objects as they are, in the order of their keys.</summary>
    protected abstract IAsyncEnumerable<SideObject> DestinationAsync(CancellationToken cancel);

    /// <summary>Why an object is written that is not there.</summary>
    protected abstract ChangeReason ReasonOfMissing { get; }

    /// <summary>Writes an object, and says so (<see cref="Done"/>) or what went wrong (<see cref="Report"/>).</summary>
    protected abstract Task WriteAsync(SideObject source, SideObject? there, ChangeReason reason, CancellationToken cancel);

    /// <summary>Notes an object that is written together with others once all are known, in the order of keys; false where it is written at once.</summary>
    protected virtual bool Defers(SideObject source, SideObject? there, ChangeReason reason) => false;

    /// <summary>Writes what was noted.</summary>
    /// <param name="places">The places for what is asked about it.</param>
    /// <param name="cancel">Ends it.</param>
    protected virtual Task WriteDeferredAsync(WorkPool places, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Why the source does not say which objects are left over; null where it does.</summary>
    /// <param name="leftOver">How many would be.</param>
    /// <param name="hasNone">Whether the source has none at all that is wanted.</param>
    protected abstract StoreException? WhyNotDeleted(long leftOver, bool hasNone);

    /// <summary>What says that more objects are left over than may be deleted.</summary>
    protected abstract string TooMany(long leftOver);

    /// <summary>An object that was written.</summary>
    protected abstract ObjectChange Written(SideObject source, ChangeReason reason);

    /// <summary>An object that was deleted.</summary>
    protected abstract ObjectChange Deleted(SideObject left);

    /// <summary>What a problem is of: an object, or all where there is no key.</summary>
    protected abstract string NameOf(string? key);

    /// <summary>Says that an object was written, or would be.</summary>
    protected void Done(SideObject source, long size, ChangeReason reason)
    {
        Interlocked.Increment(ref _written);
        Interlocked.Add(ref _writtenBytes, size);
        _onChange(Written(source, reason) with { Size = size });
    }

    /// <summary>Says what could not be done.</summary>
    protected void Report(string operation, Exception exception, string? key = null)
    {
        Interlocked.Increment(ref _problems);
        _onProblem(Failure.ToProblem(exception, Layers.S3.S3Layer.LayerName, operation, NameOf(key)));
    }

    private Func<CancellationToken, Task>? Decide(DifferingObject differing)
    {
        if (differing.Reference is not { } source)
        {
            _leftOvers.Add(differing.Changed!);
            return null;
        }
        if ((differing.Changed is { } there ? CopyReason.Of(source, there, differing.Differences) : ReasonOfMissing) is not { } reason) return null;
        _differing++;
        if (_planOnly) Done(source, source.Size, reason);
        else if (!Defers(source, differing.Changed, reason)) return cancel => WriteAsync(source, differing.Changed, reason, cancel);
        return null;
    }

    /// <summary>Nothing is deleted after a listing that did not come to its end.</summary>
    private async Task DeleteAsync(CancellationToken cancel)
    {
        if (!_isListed || _leftOvers.Count == 0) return;
        if (WhyNotDeleted(_leftOvers.Count, hasNone: _comparison.Compared == _leftOvers.Count) is { } reason) Report("", reason);
        else if (_leftOvers.AreTooMany) Report("", new StoreException(StoreFault.DeleteLimit, $"{TooMany(_leftOvers.Count)}: none was. Look at them with -WhatIf, and raise -MaxDelete if that is right."));
        else await _leftOvers.DeleteAsync(_planOnly, left => _onChange(Deleted(left)), (exception, key) => Report("DeleteObjects", exception, key), cancel);
    }

    private void CouldNotCompare(Exception exception, string? key)
    {
        if (key is null) _isListed = false;
        else Interlocked.Increment(ref _undecided);
        Report(key is null ? "ListObjectsV2" : "HeadObject", exception, key);
    }
}

/// <summary>What became of the objects of a place.</summary>
internal sealed record ObjectCounts
{
    /// <summary>The number of objects that were wanted.</summary>
    public long ObjectCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The number of objects that were written, or would be.</summary>
    public long WrittenCount { get; init; }

    /// <summary>The bytes that were written, or would be.</summary>
    public long WrittenBytes { get; init; }

    /// <summary>The number of objects that were there already.</summary>
    public long UnchangedCount { get; init; }

    /// <summary>The number of objects that were deleted, or would be.</summary>
    public long DeletedCount { get; init; }

    /// <summary>The number of objects that only the destination holds and that stay.</summary>
    public long LeftOverCount { get; init; }

    /// <summary>The number of things that could not be done.</summary>
    public long ProblemCount { get; init; }
}
