namespace JadaSnapshot.Engine.Store;

/// <summary>Finds the snapshot that <c>latest</c> stands for.</summary>
public static class LatestSnapshot
{
    /// <summary>What stands for it.</summary>
    public const string Word = "latest";

    /// <summary>The name of the newest finished snapshot of a store that is older than the one of a name, where that one is there or was begun; null where there is none.</summary>
    public static string? Before(string name, string store)
    {
        if (!Directory.Exists(store)) return null;
        var snapshots = SnapshotReader.List(store).ToList();
        var begun = snapshots.Find(snapshot => snapshot.Name == name)?.StartedAt;
        return snapshots
            .Where(snapshot => snapshot.Name != name && snapshot.Status is SnapshotStatus.Complete or SnapshotStatus.Incomplete && (begun is null || snapshot.StartedAt < begun))
            .MaxBy(snapshot => snapshot.StartedAt)?.Name;
    }
}
