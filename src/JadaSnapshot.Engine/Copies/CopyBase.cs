using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Copies;

/// <summary>An earlier snapshot at the destination, by its manifest.</summary>
internal sealed class CopyBase(Snapshot snapshot, ManifestIndex manifest) : IDisposable
{
    public Snapshot Snapshot => snapshot;

    /// <summary>Which of the snapshots at the destination it is: the one that was named, or else the newest finished one of the same account.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.UnfitBase"/>: there is none of that name that could be it.</exception>
    public static Snapshot? Choose(IEnumerable<Snapshot> there, SnapshotCopyOrder order)
    {
        var fit = there.Where(found => found.Name != order.Snapshot.Name && found.Status is SnapshotStatus.Complete or SnapshotStatus.Incomplete && found.Account == order.Snapshot.Account);
        if (order.Base is not { } name) return fit.MaxBy(found => found.StartedAt);
        return fit.FirstOrDefault(found => found.Name == name)
            ?? throw new StoreException(StoreFault.UnfitBase, $"'{name}' cannot be the base of the copy: there is no other finished snapshot of the account {order.Snapshot.Account} under that name in {order.Destination}. Name another with -Base, or none.");
    }

    /// <summary>Opens it; null, and a word about it, where its manifest is not the one that it describes.</summary>
    public static CopyBase? Open(SnapshotFiles files, Action<string>? warn, CancellationToken cancel)
    {
        try
        {
            if (SnapshotReader.DigestOf(files.Of(SnapshotLayout.Manifest)) == files.Snapshot.ManifestSha256) return new(files.Snapshot, new(files.Folder, cancel));
        }
        catch (StoreException exception) when (exception.Fault == StoreFault.Damaged)
        {
        }
        warn?.Invoke($"{files.Snapshot.Path} is damaged (its {SnapshotLayout.Manifest} is not the one that it describes): nothing is taken over from it.");
        return null;
    }

    /// <summary>Whether it has a file under the same path with the same bytes.</summary>
    public bool Has(ManifestEntry entry) => manifest.Find(entry.Path) is { } found && (found.Size, found.Sha256) == (entry.Size, entry.Sha256);

    public void Dispose() => manifest.Dispose();
}
