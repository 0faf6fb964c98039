using System.Diagnostics;
using JadaSnapshot.Engine.Batch;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Sync;

/// <summary>What is brought from one bucket to another.</summary>
public sealed record BucketCopyOrder
{
    /// <summary>Where the objects come from.</summary>
    public required BucketPlace Source { get; init; }

    /// <summary>Where they go. It may lie within the source, and the source within it: neither is part of the other.</summary>
    public required BucketPlace Destination { get; init; }

    /// <summary>Which keys are wanted, by what is left of them below the prefixes.</summary>
    public IReadOnlyList<KeyRule> Rules { get; init; } = [];

    /// <summary>Whether objects of the same bytes are copied where headers, metadata or tags are others, which takes requests for each.</summary>
    public bool WithMetadata { get; init; }

    /// <summary>Whether objects are deleted that the destination alone holds.</summary>
    public bool Delete { get; init; }

    /// <summary>The most objects that are deleted; where more would be, none is.</summary>
    public int MaxDelete { get; init; } = 1000;

    /// <summary>Has the newest report of S3 Inventory tell what the source holds, where there is one, and is told where that is known from; null where S3 is to list. The destination is listed.</summary>
    public Action<ListingOrigin>? FromInventory { get; init; }

    /// <summary>Whether nothing is done but to say what would be.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>How a job of S3 Batch Operations copies what it can; null where CopyObject copies all, one at a time.</summary>
    public BatchOrder? Batch { get; init; }

    /// <summary>The number of copies that are under way at once.</summary>
    public int ThrottleLimit { get; init; } = 32;
}

/// <summary>Makes a place in a bucket what another is: compares the two, has S3 copy what differs, and deletes what only the destination holds where that is wanted.</summary>
public sealed class BucketCopy : IDisposable
{
    private readonly AwsConnection _connection;
    private readonly BucketCopyOrder _order;
    private readonly S3Client _s3;
    private readonly WorkPool _places;

    /// <summary>Begins with nothing done.</summary>
    /// <param name="connection">Who calls; has to be allowed to read the source and to write to the destination.</param>
    /// <param name="order">What is to be done.</param>
    /// <exception cref="ArgumentException">The two places are one, deletions are wanted on the word of an inventory, or no job can copy from the one to the other.</exception>
    public BucketCopy(AwsConnection connection, BucketCopyOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Source == order.Destination) throw new ArgumentException($"{order.Source} cannot be copied to itself.", nameof(order));
        if (order.Delete && order.FromInventory is not null) throw new ArgumentException("An inventory is older than what it tells of: nothing is deleted on its word.", nameof(order));
        if (order.Batch?.WhyNot(order.Source, order.Destination) is { } why) throw new ArgumentException(why, nameof(order));
        (_connection, _order, _s3, _places) = (connection, order, new(connection, order.ThrottleLimit), new(order.ThrottleLimit));
    }

    /// <summary>How far the job is, where there is one.</summary>
    public BatchProgress Progress { get; } = new();

    internal PartRule? Parts { get; init; }

    /// <summary>Does it.</summary>
    /// <param name="onChange">Is told of every object that is copied or deleted, once it is done, from any thread.</param>
    /// <param name="onProblem">Is told of what could not be done, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it, and a job with it. The next run does what is left.</param>
    /// <exception cref="ServiceException">It cannot be found out whether a job of an earlier run is still at work.</exception>
    public async Task<BucketCopyResult> RunAsync(Action<ObjectChange> onChange, Action<Problem> onProblem, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        DateTimeOffset? listedAt = null;
        using var listings = new ObjectListings(_s3, _places, _order.FromInventory is not { } told ? null : origin =>
        {
            listedAt = origin.ListedAt;
            told(origin);
        });
        var copies = Parts is null ? new ObjectCopy(_s3, _places) : new(_s3, _places) { Parts = Parts };
        ObjectSides sources = new(_s3, _places, listings), sides = new(_s3, _places);
        using var batch = _order is { Batch: { } how, PlanOnly: false } ? new BatchCopy(_connection, _s3, _places, _order.Source, _order.Destination, how, Progress) : null;
        if (batch is not null) await batch.AwaitEarlierAsync(cancel);
        var run = batch is null
            ? new BucketCopyRun(_s3, copies, sources, sides, _order, onChange, onProblem)
            : new BatchCopyRun(_s3, copies, sources, sides, batch, _order, onChange, onProblem);
        await run.RunAsync(_places, _order.Delete, cancel);
        return run.ToResult(clock.Elapsed) with { Engine = _order.Batch is null ? CopyEngine.CopyObject : CopyEngine.S3Batch, JobId = Progress.JobId, ListedAt = listedAt };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _places.Dispose();
        _s3.Dispose();
    }
}
