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
    public static string? Before(string name, string store, string? account = null)
    {
        if (!Directory.Exists(store)) return null;
        var snapshots = SnapshotReader.List(store).ToList();
        var begun = snapshots.Find(snapshot => snapshot.Name == name)?.StartedAt;
        return snapshots
            .Where(snapshot => snapshot.Name != name && snapshot.Status is SnapshotStatus.Complete or SnapshotStatus.Incomplete && (begun is null || snapshot.StartedAt < begun) && (account is null || snapshot.Account == account))
            .MaxBy(snapshot => snapshot.StartedAt)?.Name;
    }
}
