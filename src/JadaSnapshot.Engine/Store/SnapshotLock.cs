namespace JadaSnapshot.Engine.Store;

/// <summary>Keeps every other run from taking or removing the snapshot of a name. A file that is open; that it is there says nothing.</summary>
internal sealed class SnapshotLock : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    private SnapshotLock(string path, FileStream file) => (_path, _file) = (path, file);

    /// <exception cref="StoreException">Another run has it, or the store cannot be written to.</exception>
    internal static SnapshotLock Take(string store, string name)
    {
        var path = Path.Combine(store, SnapshotLayout.LockPrefix + name);
        try
        {
            return new(path, StoreFiles.Open(path, FileMode.OpenOrCreate, FileShare.None, isSealed: false));
        }
        catch (IOException e) when (StoreException.IsDiskFull(e))
        {
            throw StoreException.DiskFull(e);
        }
        catch (IOException e) when (IsHeld(path, e))
        {
            throw new StoreException(StoreFault.InUse, $"Another run is taking the snapshot '{name}' in the store {store}, or removing it. Wait for it to end, or choose another name.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.NotWritable(store, "written to", e);
        }
    }

    /// <summary>Whether a file could not be opened because somebody else has it open.</summary>
    internal static bool IsHeld(string path, IOException e) =>
        e.GetType() == typeof(IOException) && File.Exists(path) && (OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 32 or 33 : e.HResult is 11 or 35);

    /// <summary>Lets go, and leaves nothing behind.</summary>
    internal void Release()
    {
        _file.Dispose();
        StoreFiles.Delete(_path);
    }

    public void Dispose() => _file.Dispose();
}
