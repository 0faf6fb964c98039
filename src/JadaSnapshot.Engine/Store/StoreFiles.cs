namespace JadaSnapshot.Engine.Store;

/// <summary>Files and folders that are their owner's alone.</summary>
internal static class StoreFiles
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    internal static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        // The runtime gives the mode to the last folder alone.
        if (Path.GetDirectoryName(path) is { } parent && !Directory.Exists(parent)) MakeFolder(parent);
        Directory.CreateDirectory(path, FolderMode);
    }

    /// <summary>A new file, or an existing one, to write to. A sealed one can be read but not written once it is closed.</summary>
    internal static FileStream Open(string path, FileMode mode, FileShare share, bool isSealed)
    {
        FileStreamOptions options = new() { Mode = mode, Access = mode is FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = isSealed ? UnixFileMode.UserRead : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>Moves a file into its place, over what was there.</summary>
    internal static void Replace(string source, string target)
    {
        try
        {
            File.Move(source, target, overwrite: true);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException && File.Exists(source))
        {
            // The runtime says that the file was not found where another thread has made the folder just now.
            MakeFolder(Path.GetDirectoryName(target)!);
            File.Move(source, target, overwrite: true);
        }
        catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetAttributes(target, FileAttributes.Normal);
            File.Move(source, target, overwrite: true);
        }
    }

    internal static void Delete(string path)
    {
        if (OperatingSystem.IsWindows() && File.Exists(path)) File.SetAttributes(path, FileAttributes.Normal);
        File.Delete(path);
    }

    /// <summary>Deletes a folder with all that is in it; links are deleted, never followed.</summary>
    internal static void DeleteTree(string path)
    {
        if (!Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows())
            foreach (var file in SnapshotTree.Walk(path)) File.SetAttributes(Path.Combine(path, file.Path), FileAttributes.Normal);
        Directory.Delete(path, recursive: true);
    }
}
