using System.Diagnostics;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Transfer;

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

    /// <summary>The number of copies that are under way at once.</summary>
    public int ThrottleLimit { get; init; } = 32;
}

/// <summary>Makes a place in a bucket what another is: compares the two, has S3 copy what differs, and deletes what only the destination holds where that is wanted.</summary>
public sealed class BucketCopy : IDisposable
{
    private readonly BucketCopyOrder _order;
    private readonly S3Client _s3;
    private readonly WorkPool _places;

    /// <summary>Begins with nothing done.</summary>
    /// <param name="connection">Who calls; has to be allowed to read the source and to write to the destination.</param>
    /// <param name="order">What is to be done.</param>
    /// <exception cref="ArgumentException">The two places are one, or deletions are wanted on the word of an inventory.</exception>
    public BucketCopy(AwsConnection connection, BucketCopyOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Source == order.Destination) throw new ArgumentException($"{order.Source} cannot be copied to itself.", nameof(order));
        if (order.Delete && order.FromInventory is not null) throw new ArgumentException("An inventory is older than what it tells of: nothing is deleted on its word.", nameof(order));
        (_order, _s3, _places) = (order, new(connection, order.ThrottleLimit), new(order.ThrottleLimit));
    }

    internal PartRule? Parts { get; init; }

    /// <summary>Does it.</summary>
    /// <param name="onChange">Is told of every object that is copied or deleted, once it is done, from any thread.</param>
    /// <param name="onProblem">Is told of what could not be done, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it. The next run does what is left.</param>
    public async Task<BucketCopyResult> RunAsync(Action<ObjectChange> onChange, Action<Problem> onProblem, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        DateTimeOffset? listedAt = null;
        using var listings = new ObjectListings(_s3, _places, _order.FromInventory is not { } told ? null : origin =>
        {
            listedAt = origin.ListedAt;
            told(origin);
        });
        var run = new BucketCopyRun(_s3, Parts is null ? new(_s3, _places) : new(_s3, _places) { Parts = Parts }, new(_s3, _places, listings), new(_s3, _places), _order, onChange, onProblem);
        await run.RunAsync(_places, _order.Delete, cancel);
        return run.ToResult(clock.Elapsed) with { ListedAt = listedAt };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _places.Dispose();
        _s3.Dispose();
    }
}
