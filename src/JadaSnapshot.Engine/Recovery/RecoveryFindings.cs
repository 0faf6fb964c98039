namespace JadaSnapshot.Engine.Recovery;

/// <summary>Makes findings of rehearsals.</summary>
internal static class RecoveryFindings
{
    /// <summary>A value that did not come back as it was.</summary>
    public static RecoveryFinding Of(Resource resource, RestoreChange change, bool isExpected, string reason) => new()
    {
        Layer = resource.Layer,
        Kind = resource.Kind,
        Name = resource.Name,
        Document = change.Document,
        Path = change.Path,
        Snapshot = change.Snapshot,
        Restored = change.Live,
        IsExpected = isExpected,
        Reason = reason,
    };

    /// <summary>A resource that no snapshot brings back.</summary>
    public static RecoveryFinding Of(Resource resource, string reason) => new() { Layer = resource.Layer, Kind = resource.Kind, Name = resource.Name, IsExpected = true, Reason = reason };

    /// <summary>Whether a finding says that a step's resource cannot come back.</summary>
    public static bool IsOf(this RecoveryFinding finding, RestoreStep step) =>
        step.Action == RestoreAction.Cannot && finding.Document is null && (finding.Layer, finding.Kind, finding.Name, finding.Reason) == (step.Layer, step.Kind, step.Name, step.Reason);

    /// <summary>A step that had something left to do after the restore.</summary>
    public static IEnumerable<RecoveryFinding> Of(RestoreStep step)
    {
        var whole = new RecoveryFinding { Layer = step.Layer, Kind = step.Kind, Name = step.Name, Document = step.Part, IsExpected = false, Reason = step.Reason };
        return step.Changes.Count == 0
            ? [whole]
            : step.Changes.Select(change => whole with { Document = change.Document, Path = change.Path, Snapshot = change.Snapshot, Restored = change.Live, Reason = "differs from the snapshot" });
    }
}
