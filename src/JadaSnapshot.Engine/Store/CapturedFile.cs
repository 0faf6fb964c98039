namespace JadaSnapshot.Engine.Store;

/// <summary>Makes sure that a file of a snapshot is what was captured, before anything is made of it.</summary>
internal static class CapturedFile
{
    /// <summary>Holds a file's length against what was captured, without reading it.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: it is gone, a link, no file, or of another length.</exception>
    internal static void RequireLength(string path, long size)
    {
        if (new FileInfo(path) is not { Exists: true } file || (file.Attributes & FileAttributes.ReparsePoint) != 0 || file.Length != size) throw Damaged(path);
    }

    /// <summary>Reads a file and holds it against what was captured.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: it is something else.</exception>
    internal static void RequireBytes(string path, long size, string sha256, CancellationToken cancel)
    {
        RequireLength(path, size);
        if (FileDigest.Of(path, size, cancel) != (size, sha256)) throw Damaged(path);
    }

    /// <summary>The bytes of a document that was required. Only their number is held against it.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: it is missing, or of another length.</exception>
    internal static byte[] Read(SnapshotFiles files, ManifestEntry entry)
    {
        var path = files.Of(entry);
        RequireLength(path, entry.Size);
        return File.ReadAllBytes(path);
    }

    internal static StoreException Damaged(string path) => new(StoreFault.Damaged, $"{path} is not as it was captured. Test-JadaSnapshot says what else is not.");
}
