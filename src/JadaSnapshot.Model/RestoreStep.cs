namespace JadaSnapshot;

/// <summary>What a step of a restore does.</summary>
public enum RestoreAction
{
    /// <summary>Nothing: what is there is equal.</summary>
    Skip,

    /// <summary>Makes what is not there.</summary>
    Create,

    /// <summary>Changes what is there and differs.</summary>
    Update,

    /// <summary>Deletes what is there and makes it anew, because it cannot be changed.</summary>
    Replace,

    /// <summary>Deletes what the snapshot does not have.</summary>
    Delete,

    /// <summary>Nothing, because it cannot be done; <see cref="RestoreStep.Reason"/> says why.</summary>
    Cannot,
}

/// <summary>One step of a restore: a resource, or the part of it that is put back in a phase of its own.</summary>
public sealed record RestoreStep
{
    /// <summary>The name of the snapshot.</summary>
    public required string Snapshot { get; init; }

    /// <summary>The folder of the snapshot.</summary>
    public required string SnapshotPath { get; init; }

    /// <summary>Its place in the plan, from 1.</summary>
    public int Number { get; init; }

    /// <summary>When it is taken.</summary>
    public required RestorePhase Phase { get; init; }

    /// <summary>What is done.</summary>
    public required RestoreAction Action { get; init; }

    /// <summary>The layer: <c>lambda</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>What kind of resource it is: <c>function</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The resource's name in the snapshot.</summary>
    public required string Name { get; init; }

    /// <summary>The part of the resource: <c>objects</c>, <c>permissions</c>; null for the resource itself.</summary>
    public string? Part { get; init; }

    /// <summary>The resource's key in the snapshot: <c>layer/kind/region/id</c>. That of the live resource, for one that is deleted.</summary>
    public required string ResourceKey { get; init; }

    /// <summary>What it is called, or will be, in the place that is restored to.</summary>
    public required string TargetName { get; init; }

    /// <summary>Its identifier there; null where the service gives one when it is made.</summary>
    public string? TargetId { get; init; }

    /// <summary>Its region there.</summary>
    public required string TargetRegion { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>What is changed, value by value.</summary>
    public IReadOnlyList<RestoreChange> Changes { get; init; } = [];

    /// <summary>How many objects, items or files it brings back, where it brings back some.</summary>
    public long? Count { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long? Bytes { get; init; }

    /// <summary>What tells it from every other step of a plan; the same in every plan of the same snapshot.</summary>
    public string Id => $"{ResourceKey}#{Phase}{(Part is null ? "" : $"/{Part}")}";

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Layer} {Kind} {TargetName}{(Part is null ? "" : $" ({Part})")}";
}

/// <summary>A value that a step changes.</summary>
public sealed record RestoreChange
{
    /// <summary>The document: <c>function.json</c>.</summary>
    public required string Document { get; init; }

    /// <summary>Where in it: <c>Configuration.Timeout</c>; empty where the whole is meant.</summary>
    public required string Path { get; init; }

    /// <summary>The value of the snapshot, which it will have; null where it will have none. Secrets are fingerprints.</summary>
    public string? Snapshot { get; init; }

    /// <summary>The value that it has; null where it has none.</summary>
    public string? Live { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Document} {Path}: {Live ?? "nothing"} -> {Snapshot ?? "nothing"}";
}
