namespace JadaSnapshot.Engine.Store;

/// <summary>Finds the snapshot that <c>latest</c> stands for.</summary>
public static class LatestSnapshot
{
    /// <summary>What stands for it.</summary>
    public const string Word = "latest";

    /// <summary>The name of the newest finished snapshot of a store that is older than the one of a name, where that one is there or was begun; null where there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="store">The store.</param>
    /// <param name="account">The account that it is to be of; null for any.</param>
    public static string? Before(string name, string store, string? account = null) => Directory.Exists(store) ? Before(name, SnapshotReader.List(store), account)?.Name : null;

    /// <summary>The newest finished snapshot of a store that is older than the one of a name, where that one is there or was begun; null where there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="store">All snapshots of the store.</param>
    /// <param name="account">The account that it is to be of; null for any.</param>
    public static Snapshot? Before(string name, IEnumerable<Snapshot> store, string? account = null)
    {
        var snapshots = store.ToList();
        var begun = snapshots.Find(snapshot => snapshot.Name == name)?.StartedAt;
        return Of(snapshots.Where(snapshot => snapshot.Name != name && (begun is null || snapshot.StartedAt < begun) && (account is null || snapshot.Account == account)));
    }

    /// <summary>The newest finished one of some snapshots; null where there is none.</summary>
    public static Snapshot? Of(IEnumerable<Snapshot> snapshots) => Finished(snapshots).MaxBy(snapshot => snapshot.StartedAt);

    /// <summary>Those that are finished.</summary>
    public static IEnumerable<Snapshot> Finished(IEnumerable<Snapshot> snapshots) => snapshots.Where(snapshot => snapshot.Status is SnapshotStatus.Complete or SnapshotStatus.Incomplete);
}
