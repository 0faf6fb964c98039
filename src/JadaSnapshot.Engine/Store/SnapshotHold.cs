using Microsoft.Win32.SafeHandles;

namespace JadaSnapshot.Engine.Store;

/// <summary>Says that a snapshot is being read, so that nobody removes it meanwhile: whoever reads has its manifest open.</summary>
internal static class SnapshotHold
{
    /// <summary>Holds a snapshot for reading; null where it has no manifest.</summary>
    internal static SafeFileHandle? Share(string folder) =>
        Path.Combine(folder, SnapshotLayout.Manifest) is var manifest && SnapshotReader.IsReadable(manifest) ? File.OpenHandle(manifest, share: FileShare.ReadWrite | FileShare.Delete) : null;

    /// <exception cref="StoreException"><see cref="StoreFault.InUse"/>: the snapshot is being read.</exception>
    internal static void RequireNobody(SnapshotRemoval snapshot)
    {
        var manifest = Path.Combine(snapshot.Path, SnapshotLayout.Manifest);
        if (!SnapshotReader.IsReadable(manifest)) return;
        try
        {
            File.OpenHandle(manifest, share: FileShare.None).Dispose();
        }
        catch (IOException e) when (SnapshotLock.IsHeld(manifest, e))
        {
            throw new StoreException(StoreFault.InUse, $"The snapshot '{snapshot.Name}' in the store {snapshot.Store} is being read: verified, compared, restored, or taken as a base. Wait for that to end.", e);
        }
    }
}
