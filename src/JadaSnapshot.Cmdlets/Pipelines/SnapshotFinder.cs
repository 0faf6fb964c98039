using System.Management.Automation;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
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

    /// <summary>A snapshot object, a folder object, a name in the store (<c>latest</c> is the newest finished one), or else a path or an address.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="given">What was given.</param>
    /// <param name="store">The store: a folder, or <c>s3://bucket/prefix</c>; the current folder where there is none.</param>
    /// <param name="connection">Who calls where it is in S3.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">There is no such snapshot.</exception>
    public static async Task<Snapshot> FindSnapshotAsync(this PipelineWriter pipeline, object given, string? store, Func<AwsConnection> connection, CancellationToken cancel)
    {
        var text = TextOf(given);
        if (S3Place.IsMeant(text)) return await RemoteStore.ReadAsync(connection(), text, cancel);
        var place = await pipeline.ToStoreAsync(store ?? ".");
        if (S3Place.IsMeant(place)) return IsName(text) ? await InS3Async(text, place, connection(), cancel) : SnapshotReader.Read(await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(text)));
        var path = InStore(text, place) ?? await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(text));
        return IsName(text) && !Path.Exists(path) ? throw NotInStore(text, place) : SnapshotReader.Read(path);
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

    private static async Task<Snapshot> InS3Async(string name, string store, AwsConnection connection, CancellationToken cancel)
    {
        if (name != LatestSnapshot.Word)
        {
            try
            {
                return await RemoteStore.ReadAsync(connection, $"{store}/{name}", cancel);
            }
            catch (StoreException exception) when (exception.Fault is StoreFault.NotASnapshot or StoreFault.InvalidName)
            {
                // What the store has says more.
            }
        }
        var there = await RemoteStore.ListAsync(connection, store, cancel).ToListAsync(cancel);
        return (name == LatestSnapshot.Word ? LatestSnapshot.Of(there) : null) ?? throw NotInStore(name, store, there);
    }

    /// <summary>Says that a store on disk has no snapshot of a name, and which it has.</summary>
    public static StoreException NotInStore(string name, string store) => NotInStore(name, store, Directory.Exists(store) ? SnapshotReader.List(store) : []);

    /// <summary>Says that a store has no snapshot of a name, and which it has.</summary>
    public static StoreException NotInStore(string name, string store, IEnumerable<Snapshot> snapshots)
    {
        List<string> there = [.. snapshots.OrderByDescending(snapshot => snapshot.StartedAt).Select(snapshot => snapshot.Name)];
        var has = there.Count == 0 ? "which holds no snapshot at all" : $"which holds {string.Join(", ", there.Take(NamedAtMost))}{(there.Count > NamedAtMost ? $" and {there.Count - NamedAtMost:N0} more" : "")}";
        return new(StoreFault.NotASnapshot, $"There is no snapshot '{name}' in the store {store}, {has}. -Store names another.");
    }
}
