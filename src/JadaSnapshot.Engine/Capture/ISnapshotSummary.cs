namespace JadaSnapshot.Engine.Capture;

/// <summary>
/// A file that is written last, from what was captured: it tells of the snapshot as a whole. Every class of this assembly that
/// implements this and can be made without arguments is found by itself.
/// </summary>
internal interface ISnapshotSummary
{
    /// <summary>The file's path in a snapshot.</summary>
    string Path { get; }

    /// <summary>Makes the file; null where the snapshot has nothing that it would tell of. It depends on the estate alone, so that an interrupted run that is continued ends with the same file.</summary>
    byte[]? Write(CapturedEstate estate);
}

/// <summary>Finds the summaries.</summary>
internal static class SummaryCatalog
{
    public static IReadOnlyList<ISnapshotSummary> All { get; } = [.. Implementations.Of<ISnapshotSummary>().OrderBy(summary => summary.Path, StringComparer.Ordinal)];
}
