namespace JadaSnapshot;

/// <summary>What became of a step of a restore.</summary>
public enum RestoreStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There was nothing to do.</summary>
    Unchanged,

    /// <summary>It was not begun, because something that it needs could not be restored, or because it cannot be done.</summary>
    NotDone,

    /// <summary>It was begun and failed.</summary>
    Failed,
}

/// <summary>What became of a step of a restore.</summary>
public sealed record RestoreResult
{
    /// <summary>The step.</summary>
    public required RestoreStep Step { get; init; }

    /// <summary>What became of it.</summary>
    public required RestoreStatus Status { get; init; }

    /// <summary>The name of the resource where it was restored to.</summary>
    public string TargetName => Step.TargetName;

    /// <summary>The identifier of the resource where it was restored to; null where there is none.</summary>
    public string? TargetId { get; init; }

    /// <summary>Its Amazon Resource Name there, where it is known.</summary>
    public string? TargetArn { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many objects, items or files were brought back, where it brings back some.</summary>
    public long? Count { get; init; }

    /// <summary>What a person has to know or to do: the name servers of a new zone, the validation of a certificate, why it failed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The references that were written otherwise than in the snapshot.</summary>
    public IReadOnlyList<RewrittenReference> Rewritten { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Status}: {Step}";
}

/// <summary>A reference in a document that was written otherwise than in the snapshot, because what it names is called otherwise in the other place.</summary>
/// <param name="Document">The document.</param>
/// <param name="From">What the snapshot says.</param>
/// <param name="To">What was written.</param>
public sealed record RewrittenReference(string Document, string From, string To);
