namespace JadaSnapshot;

/// <summary>Who may end the retention of a locked object before its time (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"/>).</summary>
public enum RetentionMode
{
    /// <summary>Whoever has <c>s3:BypassGovernanceRetention</c>.</summary>
    Governance,

    /// <summary>Nobody, the account's root user included.</summary>
    Compliance,
}

/// <summary>What became of a snapshot that was copied to another store.</summary>
public sealed record SnapshotCopyResult
{
    /// <summary>The snapshot's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it lies: a full path, or <c>s3://bucket/prefix/v1.0</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Where the copy lies.</summary>
    public required string Path { get; init; }

    /// <summary>The snapshot's own status where the copy is whole; <see cref="SnapshotStatus.Unfinished"/> where it is not: the same command finishes it.</summary>
    public required SnapshotStatus Status { get; init; }

    /// <summary>The number of files, those about the snapshot itself included.</summary>
    public long FileCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The number of files that were sent or fetched, or would be with <c>-WhatIf</c>.</summary>
    public long CopiedCount { get; init; }

    /// <summary>The bytes that were sent or fetched, or would be.</summary>
    public long CopiedBytes { get; init; }

    /// <summary>The number of files that were taken over from an earlier snapshot at the destination: copied by S3 itself, or hard-linked.</summary>
    public long TakenCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long TakenBytes { get; init; }

    /// <summary>The number of files that were there already.</summary>
    public long UnchangedCount { get; init; }

    /// <summary>The name of the earlier snapshot; null where there was none.</summary>
    public string? Base { get; init; }

    /// <summary>Until when the objects of the copy are locked (UTC); null where that was not asked for.</summary>
    public DateTimeOffset? RetainUntil { get; init; }

    /// <summary>The number of things that could not be done.</summary>
    public long ProblemCount { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Source} → {Path}";
}
