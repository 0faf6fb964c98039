using JadaSnapshot.Engine.InventoryReports;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>What an inventory of buckets is to tell.</summary>
public sealed record BucketInventoryOrder
{
    /// <summary>Chooses buckets by name.</summary>
    public Func<string, bool> Wanted { get; init; } = static _ => true;

    /// <summary>Chooses buckets by category; null for all.</summary>
    public IReadOnlySet<BucketCategory>? Categories { get; init; }

    /// <summary>Whether objects are listed and counted.</summary>
    public bool CountsObjects { get; init; } = true;

    /// <summary>Has the newest reports of S3 Inventory tell what buckets hold, where there are any, and is told where each is known from; null where S3 is to list.</summary>
    public Action<ListingOrigin>? FromInventory { get; init; }

    /// <summary>What the owners of the estate declare; goes before every other rule.</summary>
    public EstateFile? Estate { get; init; }

    /// <summary>How many calls are under way at once.</summary>
    public int ThrottleLimit { get; init; } = 32;
}
