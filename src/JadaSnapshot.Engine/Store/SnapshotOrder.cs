namespace JadaSnapshot.Engine.Store;

/// <summary>What a snapshot is to be taken of, and where it is to lie. A run that continues an earlier one has the same order.</summary>
public sealed record SnapshotOrder
{
    /// <summary>The folder that holds snapshots; it is made where it is missing.</summary>
    public required string Store { get; init; }

    /// <summary>The snapshot's name.</summary>
    public required string Name { get; init; }

    /// <summary>The AWS account.</summary>
    public required string Account { get; init; }

    /// <summary>The regions to look into.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The layers to capture.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The patterns of keys to leave out.</summary>
    public IReadOnlyList<string> ExcludeKeys { get; init; } = [];

    /// <summary>Whether noncurrent versions of objects are captured as well.</summary>
    public bool AllVersions { get; init; }

    /// <summary>What is captured beyond the rule: <c>tableItems</c>, <c>instanceSnapshots</c>.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>The patterns of buckets to leave out.</summary>
    public IReadOnlyList<string> ExcludeBuckets { get; init; } = [];

    /// <summary>Which buckets are kept as copies in S3 instead of files, and where; null for none.</summary>
    public KeptInS3? Keep { get; init; }

    /// <summary>
    /// The finished snapshot of the same account whose files are taken over where they are unchanged: its name in the store, or a path
    /// (which has a slash). A run that continues another may have a base or none, whatever the other one had.
    /// </summary>
    public string? Base { get; init; }

    /// <summary>Is told in words of what does not go as it should and costs nothing but time or room; from any thread.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>The version of JadaSnapshot.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Whether what an interrupted run left is thrown away rather than continued.</summary>
    public bool Restart { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Called after each step that changes the disk, with its name, so that tests can break in between.</summary>
    internal Action<string>? OnStep { get; init; }

    /// <summary>The number of entries sorted in memory at a time.</summary>
    internal int SortRunSize { get; init; } = 20_000;
}
