namespace JadaSnapshot;

/// <summary>
/// A bucket: what it is for, how it is set up, and what is in it, counted from one full listing or from a report of S3 Inventory. A property whose part of the
/// bucket could not be read, or was not asked for, is null; what is not set is empty.
/// </summary>
public sealed record BucketInventory
{
    /// <summary>How many entries <see cref="Prefixes"/> has room for, beside those of <see cref="StagingPrefixes"/> and <see cref="OtherPrefixes"/>.</summary>
    public const int PrefixLimit = 1000;

    /// <summary>The entry of <see cref="Prefixes"/> for all prefixes beyond the first thousand. No prefix is called so: each is empty or ends in a slash.</summary>
    public const string OtherPrefixes = "*";

    /// <summary>The bucket's name.</summary>
    public required string BucketName { get; init; }

    /// <summary>The region that it lives in.</summary>
    public required string Region { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public DateTimeOffset? CreationDate { get; init; }

    /// <summary>What it is for.</summary>
    public BucketCategory Category { get; init; }

    /// <summary>Which rule decided on <see cref="Category"/>, in words: <c>is the log target of sailjada.com</c>.</summary>
    public string CategoryReason { get; init; } = "";

    /// <summary>When S3 Inventory looked at its objects (UTC): they are counted as they were then; null where they were listed, or not counted.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>The number of objects (current versions).</summary>
    public long? ObjectCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>When the newest object was written (UTC); null for an empty bucket too.</summary>
    public DateTimeOffset? NewestObject { get; init; }

    /// <summary>The objects by storage class.</summary>
    public IReadOnlyDictionary<string, ObjectTotals>? StorageClasses { get; init; }

    /// <summary>
    /// The objects by the first segment of their keys, with its slash: <c>img/</c>; empty for keys without a slash. The first
    /// <see cref="PrefixLimit"/> segments in the order of keys have an entry each, the rest share <see cref="OtherPrefixes"/>.
    /// </summary>
    public IReadOnlyDictionary<string, ObjectTotals>? Prefixes { get; init; }

    /// <summary>The prefixes that hold a staging copy within the bucket: <c>_staging/</c>.</summary>
    public IReadOnlyList<string>? StagingPrefixes { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Whether it keeps versions.</summary>
    public BucketVersioning? Versioning { get; init; }

    /// <summary>How objects are encrypted where their writer does not say: <c>AES256</c>, <c>aws:kms</c>, <c>aws:kms:dsse</c>.</summary>
    public string? Encryption { get; init; }

    /// <summary>The KMS key that they are encrypted with; empty for S3's own keys and for the account's default key.</summary>
    public string? EncryptionKeyId { get; init; }

    /// <summary>What its website endpoint does.</summary>
    public BucketWebsite? Website { get; init; }

    /// <summary>The host that its website endpoint redirects to.</summary>
    public string? WebsiteRedirect { get; init; }

    /// <summary>The bucket that its access logs go to.</summary>
    public string? LogTargetBucket { get; init; }

    /// <summary>The prefix of its access logs there.</summary>
    public string? LogTargetPrefix { get; init; }

    /// <inheritdoc/>
    public override string ToString() => BucketName;
}
