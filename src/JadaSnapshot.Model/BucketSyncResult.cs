namespace JadaSnapshot;

/// <summary>What became of one bucket in a sync.</summary>
public sealed record BucketSyncResult
{
    /// <summary>The bucket.</summary>
    public required string BucketName { get; init; }

    /// <summary>The folder that holds the copies.</summary>
    public required string Destination { get; init; }

    /// <summary>True where every object that was wanted is there as the bucket holds it, or held it at <see cref="ListedAt"/>.</summary>
    public bool IsComplete => ProblemCount == 0;

    /// <summary>The number of objects that were wanted.</summary>
    public long ObjectCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The number of objects that were fetched, or would be with <c>-WhatIf</c>.</summary>
    public long DownloadedCount { get; init; }

    /// <summary>The bytes that were fetched, or would be.</summary>
    public long DownloadedBytes { get; init; }

    /// <summary>The number of objects whose copies were as they should be.</summary>
    public long UnchangedCount { get; init; }

    /// <summary>The number of copies whose bytes could be held against no checksum of S3's: the record beside the copies says why of each.</summary>
    public long UnverifiedCount { get; init; }

    /// <summary>The number of copies that were deleted, or would be.</summary>
    public long DeletedCount { get; init; }

    /// <summary>The number of copies whose objects the bucket does not hold any more and that stay.</summary>
    public long LeftOverCount { get; init; }

    /// <summary>The number of objects that an inventory lists and that are gone since.</summary>
    public long GoneCount { get; init; }

    /// <summary>The number of things that could not be done.</summary>
    public long ProblemCount { get; init; }

    /// <summary>When S3 Inventory looked at the bucket (UTC): what came or changed since it does not know of; null where the bucket was listed.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => BucketName;
}
