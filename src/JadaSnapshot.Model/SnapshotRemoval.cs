namespace JadaSnapshot;

/// <summary>What becomes of a snapshot when others are removed.</summary>
public enum RemovalAction
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>It is removed.</summary>
    Remove,
}

/// <summary>One snapshot, and what a removal does, or would do, about it.</summary>
public sealed record SnapshotRemoval
{
    /// <summary>The snapshot's name.</summary>
    public required string Name { get; init; }

    /// <summary>The full path of its folder.</summary>
    public required string Path { get; init; }

    /// <summary>The full path of the store, the folder that holds it.</summary>
    public required string Store { get; init; }

    /// <summary>Whether it is complete.</summary>
    public required SnapshotStatus Status { get; init; }

    /// <summary>When its capture began (UTC), which is what rules go by; null where it does not say.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>The size in bytes of the files that its manifest names, those too that other snapshots share.</summary>
    public long Bytes { get; init; }

    /// <summary>
    /// The bytes of files that no other snapshot shares: what removing it frees, or would free after those that are removed before it.
    /// Null where it stays, and on Windows, which does not say.
    /// </summary>
    public long? FreedBytes { get; init; }

    /// <summary>What becomes of it.</summary>
    public required RemovalAction Action { get; init; }

    /// <summary>Why, in words: each rule that keeps it.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Name}: {Reason}";
}
