using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.InventoryReports;

/// <summary>The objects of a place in the binary order of their keys, and where that is known from.</summary>
internal sealed record ObjectListing(ListingOrigin Origin, IAsyncEnumerable<ListedObject> Objects)
{
    /// <summary>Whether it tells the storage classes of objects.</summary>
    public bool HasStorageClasses { get; init; } = true;
}

/// <summary>Where listings of buckets come from: S3 lists, or where that is wanted and there is one, the newest report of S3 Inventory does.</summary>
/// <param name="s3">Who is asked.</param>
/// <param name="places">The places for transfers.</param>
/// <param name="fromInventory">Has reports used, and is told of each place where its listing comes from; null where S3 is to list.</param>
internal sealed class ObjectListings(S3Client s3, WorkPool places, Action<ListingOrigin>? fromInventory) : IDisposable
{
    private const int SortedAtOnce = 2;

    private readonly SemaphoreSlim _turns = new(SortedAtOnce);

    /// <summary>Whether reports are looked for, which takes calls before a listing is begun.</summary>
    public bool LooksForReports => fromInventory is not null;

    /// <summary>Begins a listing.</summary>
    /// <param name="place">The bucket, and what the keys begin with.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">There is a report, and it is not what was written.</exception>
    public async Task<ObjectListing> OpenAsync(BucketPlace place, CancellationToken cancel)
    {
        if (fromInventory is null) return Listed(null);
        var (report, whyNot) = await FindAsync(place, cancel);
        var listing = report is null
            ? Listed(whyNot)
            : new(new(place, report.ListedAt), report.ReadAsync(places, _turns, cancel)) { HasStorageClasses = report.HasStorageClasses };
        fromInventory(listing.Origin);
        return listing;

        ObjectListing Listed(string? why) => new(new(place, null, why), s3.ListObjectsAsync(place.BucketName, cancel, place.Prefix));
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async Task<(InventoryReport?, string?)> FindAsync(BucketPlace place, CancellationToken cancel)
    {
        try
        {
            return await new InventoryFinder(s3).FindAsync(place, cancel);
        }
        // What may not be looked at leaves the listing that there always is; what was tampered with is told.
        catch (ServiceException exception) when (exception.Kind is FailureKind.Denied or FailureKind.NotFound)
        {
            return (null, exception.Message);
        }
    }
}
