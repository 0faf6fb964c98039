namespace JadaSnapshot;

/// <summary>What a comparison found of one layer.</summary>
public sealed record ComparisonSummary
{
    /// <summary>The layer's name.</summary>
    public required string Layer { get; init; }

    /// <summary>The name of the side that is compared against.</summary>
    public required string Reference { get; init; }

    /// <summary>The name of the other side.</summary>
    public required string Other { get; init; }

    /// <summary>The resources that either side has.</summary>
    public long ResourceCount { get; init; }

    /// <summary>The objects and documents that were compared.</summary>
    public long ComparedCount { get; init; }

    /// <summary>The size of those of the reference in bytes.</summary>
    public long ComparedBytes { get; init; }

    /// <summary>What only the reference has.</summary>
    public long OnlyInReferenceCount { get; init; }

    /// <summary>What only the other side has.</summary>
    public long OnlyInOtherCount { get; init; }

    /// <summary>What both have with other bytes, metadata or values.</summary>
    public long ChangedCount { get; init; }

    /// <summary>When S3 Inventory made the oldest of the reports that objects were listed from (UTC); null where none was used.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>What could not be compared: each is an error.</summary>
    public long ProblemCount { get; init; }

    /// <summary>Whether nothing differs, and everything could be compared.</summary>
    public bool IsEqual => OnlyInReferenceCount + OnlyInOtherCount + ChangedCount + ProblemCount == 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Layer}: {(IsEqual ? "equal" : $"{OnlyInReferenceCount + OnlyInOtherCount + ChangedCount} differences")}";
}
