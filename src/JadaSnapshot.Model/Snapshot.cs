namespace JadaSnapshot;

/// <summary>How far a snapshot can be relied on.</summary>
public enum SnapshotStatus
{
    /// <summary>Everything that was asked for was captured.</summary>
    Complete,

    /// <summary>It was taken to its end, and something could not be captured: see its problems.</summary>
    Incomplete,

    /// <summary>It is being taken, or was interrupted. The same command continues it.</summary>
    Unfinished,

    /// <summary>Its own description cannot be read, or does not fit its files.</summary>
    Damaged,
}

/// <summary>A snapshot on disk or in S3: what <c>snapshot.json</c> says of it, and where it lies.</summary>
public sealed record Snapshot
{
    /// <summary>Its name, which is its folder's name: <c>v1.0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The full path of its folder, or its address: <c>s3://bucket/prefix/v1.0</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The full path of the store, the folder that holds it, or its address.</summary>
    public required string Store { get; init; }

    /// <summary>Whether it is complete.</summary>
    public required SnapshotStatus Status { get; init; }

    /// <summary>The AWS account that it was taken of.</summary>
    public string Account { get; init; } = "";

    /// <summary>The regions that were looked into.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>When the capture began (UTC); the first run's start where it was continued.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was complete (UTC); null while it is unfinished.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How long it took, from the first start to the end.</summary>
    public TimeSpan? Duration => CompletedAt - StartedAt;

    /// <summary>The version of JadaSnapshot that took it.</summary>
    public string ToolVersion { get; init; } = "";

    /// <summary>Each layer, in ordinal order of name.</summary>
    public IReadOnlyList<SnapshotLayer> Layers { get; init; } = [];

    /// <summary>The number of resources captured.</summary>
    public long ResourceCount { get; init; }

    /// <summary>The number of files in the manifest.</summary>
    public long FileCount { get; init; }

    /// <summary>The size of those files in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The number of things that could not be captured.</summary>
    public long ProblemCount { get; init; }

    /// <summary>The patterns of keys that were left out on request, as <c>-ExcludeKey</c> took them.</summary>
    public IReadOnlyList<string> ExcludeKeys { get; init; } = [];

    /// <summary>Whether noncurrent versions of objects were captured as well.</summary>
    public bool AllVersions { get; init; }

    /// <summary>The patterns of buckets that were left out on request, as <c>-ExcludeBucket</c> took them.</summary>
    public IReadOnlyList<string> ExcludeBuckets { get; init; } = [];

    /// <summary>What of it lies as copies in S3 instead of files; null where all of it is files.</summary>
    public KeptInS3? KeptInS3 { get; init; }

    /// <summary>What was captured beyond the rule: <c>tableItems</c>, <c>instanceSnapshots</c>.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>The name of the snapshot whose files it shares where they were unchanged; null where there was none. It needs it no more.</summary>
    public string? Base { get; init; }

    /// <summary>SHA-256 of <c>manifest.jsonl</c>, in lower-case hexadecimal digits.</summary>
    public string ManifestSha256 { get; init; } = "";

    /// <summary>What is wrong, in words, where the status is <see cref="SnapshotStatus.Damaged"/>.</summary>
    public string? Remark { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What a snapshot holds of one layer.</summary>
public sealed record SnapshotLayer
{
    /// <summary>The layer's name: <c>s3</c>, <c>lambda</c>, …</summary>
    public required string Name { get; init; }

    /// <summary><see cref="SnapshotStatus.Complete"/>, or <see cref="SnapshotStatus.Incomplete"/> where it has problems.</summary>
    public required SnapshotStatus Status { get; init; }

    /// <summary>The number of resources captured.</summary>
    public long ResourceCount { get; init; }

    /// <summary>The number of files.</summary>
    public long FileCount { get; init; }

    /// <summary>The size of its files in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The number of things that could not be captured.</summary>
    public long ProblemCount { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
