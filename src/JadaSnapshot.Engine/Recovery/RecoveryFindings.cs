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

    /// <summary>A step that had something left to do after the restore.</summary>
    public static IEnumerable<RecoveryFinding> Of(RestoreStep step)
    {
        var whole = new RecoveryFinding { Layer = step.Layer, Kind = step.Kind, Name = step.Name, Document = step.Part, IsExpected = false, Reason = step.Reason };
        return step.Changes.Count == 0
            ? [whole]
            : step.Changes.Select(change => whole with { Document = change.Document, Path = change.Path, Snapshot = change.Snapshot, Restored = change.Live, Reason = "differs from the snapshot" });
    }
}
