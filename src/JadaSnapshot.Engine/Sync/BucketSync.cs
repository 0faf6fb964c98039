using System.Diagnostics;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Sync;

/// <summary>What a sync is to do.</summary>
public sealed record SyncOrder
{
    /// <summary>The folder below which each bucket has one of its own.</summary>
    public required string Destination { get; init; }

    /// <summary>Which keys are wanted.</summary>
    public IReadOnlyList<KeyRule> Rules { get; init; } = [];

    /// <summary>Whether copies are deleted whose objects the bucket does not hold any more.</summary>
    public bool Delete { get; init; }

    /// <summary>The most copies that are deleted of one bucket; where more would be, none is.</summary>
    public int MaxDelete { get; init; } = 1000;

    /// <summary>Has the newest report of S3 Inventory tell what a bucket holds, where there is one, and is told where that is known from; null where S3 is to list.</summary>
    public Action<ListingOrigin>? FromInventory { get; init; }

    /// <summary>Whether nothing is done but to say what would be.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>The number of transfers that are under way at once, over all buckets.</summary>
    public int ThrottleLimit { get; init; } = 32;
}

/// <summary>Copies buckets to a folder: lists, holds the listing against what was copied before, fetches what differs. Buckets may be synced at the same time; they share one pool of workers.</summary>
public sealed class BucketSync : IDisposable
{
    private readonly SyncOrder _order;
    private readonly S3Client _s3;
    private readonly WorkPool _transfers;
    private readonly ObjectListings _listings;

    /// <summary>Begins with nothing done.</summary>
    /// <param name="connection">Who calls; has to be allowed to read.</param>
    /// <param name="order">What is to be done.</param>
    /// <exception cref="ArgumentException">Deletions are wanted on the word of an inventory.</exception>
    public BucketSync(AwsConnection connection, SyncOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Delete && order.FromInventory is not null) throw new ArgumentException("An inventory is older than what it tells of: nothing is deleted on its word.", nameof(order));
        (_order, _s3, _transfers) = (order, new(connection, order.ThrottleLimit), new(order.ThrottleLimit));
        _listings = new(_s3, _transfers, order.FromInventory);
    }

    /// <summary>Brings the copies of a bucket up to date.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="onChange">Is told of every object and what was done about it, once it is done, from any thread.</param>
    /// <param name="onProblem">Is told of what could not be done, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it. The next run does what is left.</param>
    /// <exception cref="StoreException">The destination refuses.</exception>
    public async Task<BucketSyncResult> SyncAsync(string bucket, Action<ObjectChange> onChange, Action<Problem> onProblem, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using var record = _order.PlanOnly ? SyncRecord.Read(_order.Destination, bucket) : SyncRecord.Open(_order.Destination, bucket);
        var run = new BucketSyncRun(_listings, new(_s3, _transfers), _order, bucket, record, onChange, onProblem);
        var transfers = _transfers.NewGroup();
        try
        {
            await foreach (var (listed, copy) in run.CompareAsync(cancel))
                if (run.Decide(listed, copy) is { } transfer) await transfers.AddAsync(transfer, cancel);
            run.ListingIsComplete();
        }
        catch (Exception exception) when (exception is ServiceException or InvalidDataException or System.Xml.XmlException)
        {
            run.Report("ListObjectsV2", exception);
        }
        finally
        {
            await transfers.CompleteAsync();
        }
        run.ClearAway();
        if (!_order.PlanOnly) record.Fold();
        return run.ToResult(clock.Elapsed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listings.Dispose();
        _transfers.Dispose();
        _s3.Dispose();
    }
}
