using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Pipelines;

/// <summary>Stores on disk and in S3 alike.</summary>
internal static class SnapshotStores
{
    /// <summary>The full path of a store, or its address.</summary>
    public static async Task<string> ToStoreAsync(this PipelineWriter pipeline, string given) =>
        S3Place.IsMeant(given) ? $"{S3Place.Parse(given)}" : await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(given));

    /// <summary>Every snapshot of a store, unfinished ones too.</summary>
    /// <exception cref="StoreException">There is no such store.</exception>
    public static async Task<IReadOnlyList<Snapshot>> ListAsync(string store, Func<AwsConnection> connection, CancellationToken cancel) =>
        S3Place.IsMeant(store) ? await RemoteStore.ListAsync(connection(), store, cancel).ToListAsync(cancel) : [.. SnapshotReader.List(store)];

    /// <summary>The snapshots of a store that names mean, oldest first; <c>latest</c> is the newest finished one.</summary>
    /// <param name="snapshots">Those of the store.</param>
    /// <param name="names">The names. Wildcards mean finished ones alone.</param>
    /// <param name="store">The store.</param>
    /// <param name="onMissing">Is told of each exact name that no finished one has.</param>
    public static IReadOnlyList<Snapshot> Choose(this IReadOnlyList<Snapshot> snapshots, IEnumerable<string> names, string store, Action<string, StoreException> onMissing)
    {
        var finished = LatestSnapshot.Finished(snapshots).ToList();
        var wanted = new NamePatterns(names.Select(name => name == LatestSnapshot.Word ? LatestSnapshot.Of(finished)?.Name ?? name : name));
        IReadOnlyList<Snapshot> chosen = [.. finished.Where(snapshot => wanted.Match(snapshot.Name)).OrderBy(snapshot => snapshot.StartedAt)];
        foreach (var missing in wanted.Unmatched) onMissing(missing, Missing(missing));
        return chosen;

        StoreException Missing(string name) => snapshots.FirstOrDefault(snapshot => snapshot.Name == name) is { } unfit
            ? new(unfit.Status == SnapshotStatus.Damaged ? StoreFault.Damaged : StoreFault.NotASnapshot, $"{unfit.Path} is {unfit.Status}{(unfit.Remark is { } remark ? $": {remark}" : ": only finished snapshots are copied.")}")
            : SnapshotFinder.NotInStore(name, store, snapshots);
    }
}
