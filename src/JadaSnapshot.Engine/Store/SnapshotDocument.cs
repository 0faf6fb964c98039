namespace JadaSnapshot.Engine.Store;

/// <summary>Reads a file of a finished snapshot.</summary>
internal static class SnapshotDocument
{
    /// <summary>The bytes of a file that the manifest names. No link is followed.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: it is missing, or not as it was captured.</exception>
    public static byte[] Read(Snapshot snapshot, ManifestEntry entry)
    {
        var path = Path.Combine(snapshot.Path, entry.Path);
        if (new FileInfo(path) is not { Exists: true } file || (file.Attributes & FileAttributes.ReparsePoint) != 0 || file.Length != entry.Size)
            throw new StoreException(StoreFault.Damaged, $"{path} is not as it was captured. Test-JadaSnapshot says what else is not.");
        return File.ReadAllBytes(path);
    }
}
