namespace JadaSnapshot.Engine.Estate;

/// <summary>A name that is proposed for an estate file, and why.</summary>
internal sealed record Proposed(string Name, string Why);

/// <summary>Two places that are proposed as staging and production, and why.</summary>
internal sealed record ProposedPair(BucketPlace Staging, BucketPlace Production, string Why)
{
    /// <summary>Whether the name alone says too little: keys of production have to be found in it.</summary>
    public bool NeedsSharedKeys { get; init; }

    /// <summary>Keys that are there and usually differ.</summary>
    public IReadOnlyList<string> UsuallyDifferent { get; init; } = [];
}

/// <summary>A site that is proposed for an estate file.</summary>
internal sealed record SiteProposal(string Name)
{
    public IReadOnlyList<string> Zones { get; init; } = [];

    public IReadOnlyList<Proposed> Buckets { get; init; } = [];

    public IReadOnlyList<ProposedPair> Staging { get; init; } = [];

    public IReadOnlyList<Proposed> ProductionDistributions { get; init; } = [];

    public IReadOnlyList<Proposed> StagingDistributions { get; init; } = [];

    /// <summary>What is worth knowing and is declared nowhere.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
