namespace JadaSnapshot;

/// <summary>What became of a bucket's objects that were put back from a snapshot.</summary>
public sealed record BucketRestoreResult
{
    /// <summary>The snapshot.</summary>
    public required string SnapshotName { get; init; }

    /// <summary>The bucket that was captured.</summary>
    public required string SourceBucketName { get; init; }

    /// <summary>The bucket that was written to.</summary>
    public required string BucketName { get; init; }

    /// <summary>True where every object that was wanted is there as it was captured.</summary>
    public bool IsComplete => ProblemCount == 0;

    /// <summary>The number of objects that were wanted.</summary>
    public long ObjectCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The number of objects that were put back, or would be with <c>-WhatIf</c>.</summary>
    public long UploadedCount { get; init; }

    /// <summary>The bytes that were put back, or would be.</summary>
    public long UploadedBytes { get; init; }

    /// <summary>The number of objects that were there already.</summary>
    public long UnchangedCount { get; init; }

    /// <summary>The number of objects that were deleted because the snapshot does not hold them, or would be.</summary>
    public long DeletedCount { get; init; }

    /// <summary>The number of objects that the snapshot does not hold and that stay.</summary>
    public long LeftOverCount { get; init; }

    /// <summary>The number of things that could not be done.</summary>
    public long ProblemCount { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SnapshotName}/{SourceBucketName} → {BucketName}";
}
