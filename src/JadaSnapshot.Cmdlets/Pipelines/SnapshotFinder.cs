using System.Management.Automation;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Pipelines;

/// <summary>Finds the snapshot that a parameter means.</summary>
internal static class SnapshotFinder
{
    /// <summary>Says that a snapshot has nothing of a name.</summary>
    public static UsageException NotInSnapshot(string name, Snapshot snapshot) =>
        new("NotInSnapshot", $"The snapshot '{snapshot.Name}' has nothing called '{name}'.", "Get-JadaRestorePlan without -Name shows what it has.");

    /// <summary>A snapshot object, a folder object, a name in the store (<c>latest</c> is the newest finished one), or else a path.</summary>
    /// <exception cref="StoreException">There is no such snapshot.</exception>
    public static async Task<Snapshot> FindSnapshotAsync(this PipelineWriter pipeline, object given, string? store)
    {
        var text = (given is PSObject wrapped ? wrapped.BaseObject : given) switch
        {
            Snapshot snapshot => snapshot.Path,
            FileSystemInfo place => place.FullName,
            var other => $"{other}",
        };
        var folder = await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(store ?? "."));
        if (text == LatestSnapshot.Word) text = LatestSnapshot.Before("", folder) ?? text;
        var inStore = Path.Join(folder, text);
        return SnapshotReader.Read(!text.AsSpan().ContainsAny('/', '\\') && Directory.Exists(inStore) ? inStore : await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(text)));
    }
}
