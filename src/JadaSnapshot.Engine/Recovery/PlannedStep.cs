using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>A step with what it takes to carry it out.</summary>
internal sealed record PlannedStep
{
    /// <summary>The step as people see it.</summary>
    public required RestoreStep Step { get; init; }

    /// <summary>Who carries it out; null where nobody can.</summary>
    public Restorer? Restorer { get; init; }

    /// <summary>The resource in the snapshot; of a deletion the live one.</summary>
    public required SideResource Reference { get; init; }

    /// <summary>The resource as it is live.</summary>
    public SideResource? Live { get; init; }

    /// <summary>Whether the resource itself is made.</summary>
    public bool Creates { get; init; }

    /// <summary>The parts that are put, or taken away where the snapshot has no document of them.</summary>
    public IReadOnlyList<RestorePart> Parts { get; init; } = [];

    /// <summary>Whether content is brought back.</summary>
    public bool HasContent { get; init; }

    /// <summary>Whether it waits for ids that are given in its own phase.</summary>
    public bool IsLate { get; init; }

    /// <summary>The keys of resources that have to be made before it.</summary>
    public IReadOnlyCollection<string> Needs { get; init; } = [];

    /// <summary>A step of a whole resource.</summary>
    public static PlannedStep Of(RestoreSession session, Restorer? restorer, SideResource side, SideResource? live, RestorePhase phase, RestoreAction action, string reason) => new()
    {
        Step = new()
        {
            Snapshot = session.Snapshot.Name,
            SnapshotPath = session.Snapshot.Path,
            Phase = phase,
            Action = action,
            Layer = side.Resource.Layer,
            Kind = side.Resource.Kind,
            Name = side.Resource.Name,
            ResourceKey = side.Resource.Key,
            TargetName = live?.Resource.Name ?? (restorer?.Naming(side.Resource.Kind) == Naming.Chosen ? session.Map.Name(side.Resource.Name) : side.Resource.Name),
            TargetId = live?.Resource.Id,
            TargetRegion = session.Map.Region(side.Resource.Region),
            Reason = reason,
        },
        Restorer = restorer,
        Reference = side,
        Live = live,
    };

    /// <summary>The step as one of a part of the resource.</summary>
    public PlannedStep Of(string? part, IReadOnlyList<RestoreChange> changes) => this with { Step = Step with { Part = part, Changes = changes } };

    /// <summary>Its place in the order: phase, then what waits, then rank. Deletions go the other way round.</summary>
    public (int, int, int) Order => Step.Phase == RestorePhase.Deletions
        ? ((int)Step.Phase, -(int)(Restorer?.Phase ?? 0), -(Restorer?.Rank(Reference.Resource) ?? 0))
        : ((int)Step.Phase, IsLate ? 1 : 0, Restorer?.Rank(Reference.Resource) ?? 0);
}
