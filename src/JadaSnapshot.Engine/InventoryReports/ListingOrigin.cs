namespace JadaSnapshot.Engine.InventoryReports;

/// <summary>Where that comes from what is known of a place's objects.</summary>
/// <param name="Place">The bucket, and what the keys begin with.</param>
/// <param name="ListedAt">When S3 Inventory looked at it (UTC); null where it was listed.</param>
/// <param name="WhyListed">Why it was listed although a report was wanted, in words; null where none was wanted, or one was there.</param>
public sealed record ListingOrigin(BucketPlace Place, DateTimeOffset? ListedAt, string? WhyListed = null);
