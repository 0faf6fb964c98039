using System.Management.Automation;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Pipelines;

/// <summary>Finds the snapshot that a parameter means.</summary>
internal static class SnapshotFinder
{
    private const int NamedAtMost = 5;

    /// <summary>Says that a snapshot has nothing of a name.</summary>
    public static UsageException NotInSnapshot(string name, Snapshot snapshot) =>
        new("NotInSnapshot", $"The snapshot '{snapshot.Name}' has nothing called '{name}'.", "Get-JadaRestorePlan without -Name shows what it has.") { Category = ErrorCategory.ObjectNotFound };

    /// <summary>A snapshot object, a folder object, a name in the store (<c>latest</c> is the newest finished one), or else a path.</summary>
    /// <exception cref="StoreException">There is no such snapshot.</exception>
    public static async Task<Snapshot> FindSnapshotAsync(this PipelineWriter pipeline, object given, string? store)
    {
        var text = TextOf(given);
        var folder = await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(store ?? "."));
        var path = InStore(text, folder) ?? await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(text));
        return IsName(text) && !Path.Exists(path) ? throw NotInStore(text, folder) : SnapshotReader.Read(path);
    }

    /// <summary>The name or the path that a snapshot was given by.</summary>
    public static string TextOf(object given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        Snapshot snapshot => snapshot.Path,
        FileSystemInfo place => place.FullName,
        var other => $"{other}",
    };

    /// <summary>The folder of a store's snapshot of a name, or of the newest one for <c>latest</c>; null where the store has none of that name.</summary>
    public static string? InStore(string name, string store)
    {
        if (name == LatestSnapshot.Word) name = LatestSnapshot.Before("", store) ?? name;
        var folder = Path.Join(store, name);
        return IsName(name) && Directory.Exists(folder) ? folder : null;
    }

    private static bool IsName(string text) => !text.AsSpan().ContainsAny('/', '\\');

    /// <summary>Says that a store has no snapshot of a name, and which it has.</summary>
    public static Exception NotInStore(string name, string store)
    {
        List<string> there = Directory.Exists(store) ? [.. SnapshotReader.List(store).OrderByDescending(snapshot => snapshot.StartedAt).Select(snapshot => snapshot.Name)] : [];
        var has = there.Count == 0 ? "which holds no snapshot at all" : $"which holds {string.Join(", ", there.Take(NamedAtMost))}{(there.Count > NamedAtMost ? $" and {there.Count - NamedAtMost:N0} more" : "")}";
        return new StoreException(StoreFault.NotASnapshot, $"There is no snapshot '{name}' in the store {store}, {has}. -Store names another.");
    }
}
