using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>What the buckets of one inventory share: the calls, and what is known of the estate around them.</summary>
internal sealed class InventoryScope
{
    private readonly LayerContext _context;
    private readonly Lazy<Task<ILookup<string, BucketOrigin>>> _origins;

    public InventoryScope(LayerContext context, ObjectListings listings, IReadOnlyList<ListedBucket> account, IReadOnlyList<ListedBucket> wanted, CancellationToken cancel)
    {
        _context = context;
        Calls = new(context, listings, cancel);
        LogTargets = new(Calls, [.. account.Select(bucket => bucket.Name)], wanted.Select(bucket => bucket.Name).ToHashSet(StringComparer.Ordinal),
            (bucket, exception) => Report(bucket, "GetBucketLogging", exception));
        _origins = new(FindOriginsAsync);
    }

    public InventoryCalls Calls { get; }

    public LogTargets LogTargets { get; }

    /// <summary>The distributions that take files from buckets, by bucket; walked through once, when first asked for.</summary>
    public Task<ILookup<string, BucketOrigin>> OriginsAsync() => _origins.Value;

    /// <summary>Where a bucket lives, as far as is known by now.</summary>
    public string RegionOf(string bucket) => _context.S3.RegionOf(bucket);

    public void Report(string bucket, string operation, Exception exception) => _context.Report(Layers.S3.S3Layer.LayerName, operation, exception, bucket);

    private async Task<ILookup<string, BucketOrigin>> FindOriginsAsync()
    {
        List<BucketOrigin> found = [];
        try
        {
            await foreach (var page in Calls.ListDistributionsAsync()) found.AddRange(BucketOrigin.In(page.Xml()));
        }
        catch (Exception exception) when (exception is ServiceException or System.Xml.XmlException)
        {
            _context.Report(CloudFrontLayer.LayerName, "ListDistributions", exception);
        }
        return found.ToLookup(origin => origin.Bucket, StringComparer.OrdinalIgnoreCase);
    }
}
