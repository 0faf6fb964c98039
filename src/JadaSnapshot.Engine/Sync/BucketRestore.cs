using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Sync;

/// <summary>Which objects are put back, and where.</summary>
internal sealed record BucketRestoreOrder
{
    /// <summary>The snapshot that holds them, which was read.</summary>
    public required SnapshotSide Side { get; init; }

    /// <summary>The bucket as it was captured.</summary>
    public required Resource Bucket { get; init; }

    /// <summary>The bucket that they are put into; null for the one that they came from.</summary>
    public string? Destination { get; init; }

    /// <summary>Where they go.</summary>
    public BucketPlace Place => new(Destination ?? Bucket.Name);

    /// <summary>Which keys are wanted.</summary>
    public IReadOnlyList<KeyRule> Rules { get; init; } = [];

    /// <summary>Whether objects are encrypted as they were, which takes the same keys; otherwise as the destination has it.</summary>
    public bool KeepEncryption { get; init; } = true;

    /// <summary>Whether objects are deleted that the snapshot does not hold.</summary>
    public bool Delete { get; init; }

    /// <summary>The most objects that are deleted; where more would be, none is.</summary>
    public int MaxDelete { get; init; } = 1000;

    /// <summary>Whether nothing is done but to say what would be.</summary>
    public bool PlanOnly { get; init; }
}

/// <summary>
/// Makes a bucket's objects what they were in a snapshot: compares the two, uploads what is missing or differs, and deletes what the snapshot does
/// not hold where that is wanted. Only current objects are put back, not the versions behind them, and no locks.
/// </summary>
/// <param name="context">Who calls, and the places for uploads.</param>
/// <param name="order">What is to be done.</param>
internal sealed class BucketRestore(LayerContext context, BucketRestoreOrder order)
{
    internal PartRule Parts { get; init; } = new();

    /// <summary>Does it.</summary>
    /// <param name="onChange">Is told of every object that is uploaded or deleted, once it is done, from any thread.</param>
    /// <param name="onProblem">Is told of what could not be done, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it. The next run does what is left.</param>
    /// <exception cref="StoreException">The snapshot has nothing of the bucket.</exception>
    public async Task<ObjectCounts> RunAsync(Action<ObjectChange> onChange, Action<Problem> onProblem, CancellationToken cancel)
    {
        var uploads = new ObjectUpload(context.S3, context.Transfers) { Parts = Parts, KeepsEncryption = order.KeepEncryption };
        var run = new BucketRestoreRun(context.S3, uploads, context.Transfers, new(context.S3, context.Transfers), order, onChange, onProblem);
        await run.RunAsync(context.Transfers, order.Delete, cancel);
        return run.Counts;
    }
}
