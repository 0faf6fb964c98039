namespace JadaSnapshot;

/// <summary>A bucket and what is in it, counted from one full listing.</summary>
public sealed record BucketInventory
{
    /// <summary>The bucket's name.</summary>
    public required string BucketName { get; init; }

    /// <summary>The region that it lives in.</summary>
    public required string Region { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public DateTimeOffset? CreationDate { get; init; }

    /// <summary>The number of objects (current versions).</summary>
    public long ObjectCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <summary>When the newest object was written (UTC); null for an empty bucket.</summary>
    public DateTimeOffset? NewestObject { get; init; }

    /// <summary>The number of objects by storage class.</summary>
    public IReadOnlyDictionary<string, long> StorageClasses { get; init; } = new Dictionary<string, long>();

    /// <inheritdoc/>
    public override string ToString() => BucketName;
}
