using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>What of a local root is brought back, and where to.</summary>
internal sealed record LocalRestoreOrder
{
    public required SnapshotFiles Snapshot { get; init; }

    public required Resource Root { get; init; }

    /// <summary>The root's files in the snapshot.</summary>
    public required IReadOnlyList<ManifestEntry> Files { get; init; }

    /// <summary>The folder, or the file, that it becomes.</summary>
    public required string Destination { get; init; }

    /// <summary>Whether what is there and differs is replaced.</summary>
    public bool MayReplace { get; init; }

    /// <summary>Whether it is only looked what would be done.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Opens what was sealed, by its sealed form; null where no key is here.</summary>
    public required Func<ManifestEntry, CancellationToken, Task<byte[]?>> OpenAsync { get; init; }
}

/// <summary>What a restore of a local root did, or would do.</summary>
/// <param name="Count">How many files, folders, links and repositories.</param>
/// <param name="Bytes">The size of the files among them.</param>
/// <param name="Equal">How many are as they were.</param>
/// <param name="Changes">What is changed, as far as it is told one by one.</param>
/// <param name="Notes">What a person has to know.</param>
/// <param name="Failures">What went wrong.</param>
internal sealed record LocalRestoreResult(long Count, long Bytes, long Equal, IReadOnlyList<RestoreChange> Changes, IReadOnlyList<string> Notes, IReadOnlyList<string> Failures);
