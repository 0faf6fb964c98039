namespace JadaSnapshot.Engine.Inventory;

/// <summary>How far an inventory of buckets is.</summary>
/// <param name="BucketsFound">The buckets to look at.</param>
/// <param name="BucketsDone">Those that have been looked at.</param>
/// <param name="ObjectsCounted">The objects counted so far.</param>
public readonly record struct BucketInventoryProgress(int BucketsFound, int BucketsDone, long ObjectsCounted);
