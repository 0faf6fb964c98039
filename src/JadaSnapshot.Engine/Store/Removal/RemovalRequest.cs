namespace JadaSnapshot.Engine.Store;

/// <summary>Which snapshots of a store are to be removed.</summary>
public sealed record RemovalRequest
{
    /// <summary>The folder that holds the snapshots.</summary>
    public required string Store { get; init; }

    /// <summary>Says of a snapshot whether it is meant at all; of all others nothing is said.</summary>
    public Func<Snapshot, bool> IsMeant { get; init; } = _ => true;

    /// <summary>Says of a snapshot whether it was asked for by its own name: only then it goes whatever it is.</summary>
    public Func<Snapshot, bool> IsNamed { get; init; } = _ => false;

    /// <summary>What stays; null where everything goes that is meant.</summary>
    public RetentionRules? Rules { get; init; }

    /// <summary>Whether unfinished snapshots go as well.</summary>
    public bool IncludeUnfinished { get; init; }

    /// <summary>The name of the snapshot that new ones are to be based on, where somebody has decided so.</summary>
    public string? DeclaredBase { get; init; }
}
