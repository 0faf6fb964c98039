namespace JadaSnapshot;

/// <summary>Which buckets a snapshot keeps as copies in S3 instead of files, where the copies lie, and, once it is finished, what they come to.</summary>
public sealed record KeptInS3
{
    /// <summary>Where the copies lie: <c>s3://bucket/prefix</c>. Below it each bucket has a folder of its name.</summary>
    public required string Place { get; init; }

    /// <summary>A bucket of more bytes than this is kept so; null where its bytes do not decide.</summary>
    public long? Above { get; init; }

    /// <summary>A bucket of more objects than this is kept so; null where their number does not decide.</summary>
    public long? AboveCount { get; init; }

    /// <summary>Buckets whose names match one of these are kept so, whatever their size.</summary>
    public IReadOnlyList<string> Buckets { get; init; } = [];

    /// <summary>The number of buckets that are kept so.</summary>
    public long BucketCount { get; init; }

    /// <summary>The number of their objects.</summary>
    public long ObjectCount { get; init; }

    /// <summary>The size of those in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Place;
}
