namespace JadaSnapshot;

/// <summary>What a comparison of staging with the production that it stands for found.</summary>
public sealed record StagingSummary
{
    /// <summary>The site; empty for two places that were named.</summary>
    public required string Site { get; init; }

    /// <summary>Where production lies.</summary>
    public required BucketPlace Production { get; init; }

    /// <summary>Where staging lies.</summary>
    public required BucketPlace Staging { get; init; }

    /// <summary>The objects of production.</summary>
    public long ProductionCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long ProductionBytes { get; init; }

    /// <summary>The objects of staging.</summary>
    public long StagingCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long StagingBytes { get; init; }

    /// <summary>The objects that only production has, without those that are meant to differ.</summary>
    public long OnlyInProductionCount { get; init; }

    /// <summary>The objects that only staging has, without those that are meant to differ.</summary>
    public long OnlyInStagingCount { get; init; }

    /// <summary>The objects that both have and that differ, without those that are meant to.</summary>
    public long ChangedCount { get; init; }

    /// <summary>The objects that are meant to differ, and do.</summary>
    public long MeantToDifferCount { get; init; }

    /// <summary>The distributions of the site that read from the wrong place.</summary>
    public long MisroutedCount { get; init; }

    /// <summary>When S3 Inventory looked at production (UTC); null where it was listed.</summary>
    public DateTimeOffset? ProductionListedAt { get; init; }

    /// <summary>When S3 Inventory looked at staging (UTC); null where it was listed.</summary>
    public DateTimeOffset? StagingListedAt { get; init; }

    /// <summary>What could not be compared: each is an error.</summary>
    public long ProblemCount { get; init; }

    /// <summary>Whether staging is what production is, but for what is meant to differ, and is served from the right places.</summary>
    public bool IsEqual => OnlyInProductionCount + OnlyInStagingCount + ChangedCount + MisroutedCount + ProblemCount == 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Staging} → {Production}: {(IsEqual ? "equal" : $"{OnlyInProductionCount + OnlyInStagingCount + ChangedCount + MisroutedCount} differences")}";
}
