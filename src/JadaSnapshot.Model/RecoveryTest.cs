namespace JadaSnapshot;

/// <summary>Whether a snapshot proved to hold what a restore needs.</summary>
public enum RecoveryStatus
{
    /// <summary>Everything came back; what differs is of the kinds that cannot come back, each with its reason.</summary>
    Recovered,

    /// <summary>Something did not come back.</summary>
    Incomplete,
}

/// <summary>What a rehearsal showed: a snapshot was restored into an empty place, and what is there then was compared with it.</summary>
public sealed record RecoveryTest
{
    /// <summary>The name of the snapshot.</summary>
    public required string Snapshot { get; init; }

    /// <summary>The folder of the snapshot.</summary>
    public required string SnapshotPath { get; init; }

    /// <summary>Whether it proved to hold what a restore needs.</summary>
    public required RecoveryStatus Status { get; init; }

    /// <summary>When it began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long the restore took.</summary>
    public required TimeSpan RestoreDuration { get; init; }

    /// <summary>How long it took to look at what was restored, and to compare it.</summary>
    public required TimeSpan CompareDuration { get; init; }

    /// <summary>What each layer came to.</summary>
    public required IReadOnlyList<RecoveryLayer> Layers { get; init; }

    /// <summary>What did not come back as it was.</summary>
    public required IReadOnlyList<RecoveryFinding> Findings { get; init; }

    /// <summary>How many resources the snapshot has.</summary>
    public int ResourceCount => Layers.Sum(layer => layer.ResourceCount);

    /// <summary>How many of them came back.</summary>
    public int RecoveredCount => Layers.Sum(layer => layer.RecoveredCount);

    /// <summary>How many values and resources did not come back and should have.</summary>
    public int FailureCount => Findings.Count(finding => !finding.IsExpected);

    /// <summary>How many values are otherwise because they cannot come back.</summary>
    public int LossCount => Findings.Count(finding => finding.IsExpected);
}

/// <summary>What a layer came to in a rehearsal.</summary>
public sealed record RecoveryLayer
{
    /// <summary>The layer.</summary>
    public required string Layer { get; init; }

    /// <summary>How many resources the snapshot has of it.</summary>
    public required int ResourceCount { get; init; }

    /// <summary>How many of them came back.</summary>
    public required int RecoveredCount { get; init; }

    /// <summary>How many objects, items and files came back.</summary>
    public required long ContentCount { get; init; }

    /// <summary>How many values and resources did not come back and should have.</summary>
    public required int FailureCount { get; init; }

    /// <summary>How many values are otherwise because they cannot come back.</summary>
    public required int LossCount { get; init; }

    /// <summary>How long its steps took, each for itself.</summary>
    public required TimeSpan Duration { get; init; }
}

/// <summary>Something that did not come back as it was.</summary>
public sealed record RecoveryFinding
{
    /// <summary>The layer.</summary>
    public required string Layer { get; init; }

    /// <summary>What kind of resource it is.</summary>
    public required string Kind { get; init; }

    /// <summary>The resource's name.</summary>
    public required string Name { get; init; }

    /// <summary>The document; null where it is about the resource as a whole.</summary>
    public string? Document { get; init; }

    /// <summary>The place in the document.</summary>
    public string? Path { get; init; }

    /// <summary>The value of the snapshot. Secrets are fingerprints.</summary>
    public string? Snapshot { get; init; }

    /// <summary>The value after the restore.</summary>
    public string? Restored { get; init; }

    /// <summary>Whether it cannot come back by its nature: an id, a time, the key of a certificate.</summary>
    public required bool IsExpected { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Layer} {Kind} {Name}{(Document is null ? "" : $" {Document}")}{(Path is null ? "" : $" {Path}")}: {Reason}";
}
