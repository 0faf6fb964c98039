namespace JadaSnapshot.Engine.Store;

/// <summary>
/// Removes snapshots. The folder is renamed first, to a name that nothing takes for a snapshot's, and loses its description first: whenever it
/// is broken off, nothing is left that could be taken for a whole snapshot, and the next removal finishes it. Links are never followed.
/// </summary>
public sealed class SnapshotRemover
{
    /// <summary>Whether a snapshot goes with what lies in its folder and no capture wrote.</summary>
    public bool IncludeUnknown { get; init; }

    /// <summary>Is told how many files were deleted so far, and the bytes that this freed.</summary>
    public Action<long, long>? OnProgress { get; init; }

    /// <summary>Called after each step that changes the disk, with its name, so that tests can break in between.</summary>
    internal Action<string>? OnStep { get; init; }

    /// <summary>Removes a snapshot.</summary>
    /// <param name="removal">The snapshot, as the plan has it.</param>
    /// <param name="cancel">Ends it between two files.</param>
    /// <returns>The same with the bytes that were freed.</returns>
    /// <exception cref="StoreException">It is in use or holds what no capture wrote, is a link or is not there: then it stays as it was.</exception>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be deleted.</exception>
    public Task<SnapshotRemoval> RemoveAsync(SnapshotRemoval removal, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(removal);
        return Task.Run(() => Remove(removal, cancel), cancel);
    }

    /// <summary>Why a snapshot is not removed, in words; null where it is.</summary>
    internal static string? Refusal(SnapshotRemoval removal, bool includeUnknown, CancellationToken cancel) =>
        IsLink(removal.Path) ? "it is a link, and what it leads to is none of the store's"
        : !includeUnknown && UnknownFiles.Describe(removal.Path, cancel) is { } unknown ? $"it holds {unknown}; -Force removes them too"
        : null;

    private SnapshotRemoval Remove(SnapshotRemoval removal, CancellationToken cancel)
    {
        using var alone = SnapshotLock.Take(removal.Store, removal.Name);
        var aside = SetAside(removal, cancel);
        var freed = DeleteFile(Path.Combine(aside, SnapshotLayout.Description));
        OnStep?.Invoke("description deleted");
        freed += DeleteFiles(aside, cancel);
        StoreFiles.DeleteTree(aside);
        OnStep?.Invoke("folder deleted");
        alone.Release();
        return removal with { FreedBytes = OperatingSystem.IsWindows() ? null : freed };
    }

    private string SetAside(SnapshotRemoval removal, CancellationToken cancel)
    {
        if (!Directory.Exists(removal.Path)) throw new StoreException(StoreFault.NotASnapshot, $"There is no snapshot at {removal.Path} any more.");
        if (Refusal(removal, IncludeUnknown, cancel) is { } refusal)
            throw new StoreException(IsLink(removal.Path) ? StoreFault.NotASnapshot : StoreFault.UnknownFiles, $"The snapshot '{removal.Name}' in the store {removal.Store} is not removed: {refusal}.");
        SnapshotHold.RequireNobody(removal);
        var aside = Path.Combine(removal.Store, SnapshotLayout.RemovingPrefix + removal.Name);
        if (SnapshotReader.IsHalfRemoved(removal.Path)) return removal.Path;
        StoreFiles.DeleteTree(aside);
        Directory.Move(removal.Path, aside);
        OnStep?.Invoke("renamed");
        return aside;
    }

    private long DeleteFiles(string folder, CancellationToken cancel)
    {
        var (files, freed) = (0L, 0L);
        foreach (var file in SnapshotTree.Walk(folder).Where(file => !file.IsLink))
        {
            cancel.ThrowIfCancellationRequested();
            freed += DeleteFile(Path.Combine(folder, file.Path));
            OnStep?.Invoke("file deleted");
            OnProgress?.Invoke(++files, freed);
        }
        return freed;
    }

    /// <summary>Deletes a file; the bytes that this frees, as far as the system says so.</summary>
    private static long DeleteFile(string path)
    {
        var freed = FileStatus.Of(path)?.Links == 1 ? new FileInfo(path).Length : 0;
        StoreFiles.Delete(path);
        return freed;
    }

    private static bool IsLink(string path) => (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0;
}
