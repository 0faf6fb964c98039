using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Pipelines;

/// <summary>Finds snapshots as people name them.</summary>
internal static class SnapshotPaths
{
    /// <summary>The snapshot of a name in the store (<c>latest</c> is the newest finished one), or else at a path.</summary>
    /// <exception cref="StoreException">There is none.</exception>
    public static async Task<Snapshot> FindSnapshotAsync(this PipelineWriter pipeline, string given, string? store)
    {
        var folder = await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(store ?? "."));
        var name = given == LatestSnapshot.Word ? LatestSnapshot.Before("", folder) ?? given : given;
        var inStore = Path.Join(folder, name);
        return SnapshotReader.Read(!name.AsSpan().ContainsAny('/', '\\') && Directory.Exists(inStore) ? inStore : await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(given)));
    }
}
