namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>A folder that is written to. Whatever links lie in it, nothing is written through one.</summary>
/// <param name="root">Its full path.</param>
internal sealed class LocalPlace(string root)
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111 | UnixFileMode.StickyBit;

    /// <summary>The folder.</summary>
    public string Root => root;

    /// <summary>Where something of a path below the folder lies.</summary>
    public string At(string path) => path.Length == 0 ? root : Path.Join(root, path);

    /// <summary>What lies at a path; null where nothing does.</summary>
    public LocalKind? KindAt(string path)
    {
        FileSystemInfo info = new FileInfo(At(path));
        if (info.LinkTarget is not null) return LocalKind.Link;
        if (Directory.Exists(info.FullName)) return LocalKind.Folder;
        return info.Exists ? LocalKinds.Of(info) : null;
    }

    /// <summary>Makes sure that every folder above a path is one.</summary>
    /// <exception cref="LocalFileException">One is a link, or no folder.</exception>
    public void RequireFolders(string path)
    {
        for (var end = path.LastIndexOf('/'); ; end = path.LastIndexOf('/', end - 1))
        {
            var folder = end < 0 ? "" : path[..end];
            if (KindAt(folder) is { } kind and not LocalKind.Folder) throw new LocalFileException("NotAFolder", $"{At(folder)} is {(kind == LocalKind.Link ? "a link" : "no folder")}: nothing is written through it.");
            if (end <= 0) return;
        }
    }

    /// <summary>Gives a file or a folder its permissions and its time. That a program runs as its owner is not brought back.</summary>
    public static void Describe(string path, LocalItem item, bool isFolder)
    {
        if (ModeOf(item) is { } mode && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
        if (item.Modified is not { } time) return;
        if (isFolder) Directory.SetLastWriteTimeUtc(path, time.UtcDateTime);
        else File.SetLastWriteTimeUtc(path, time.UtcDateTime);
    }

    /// <summary>The permissions that an item has here; null where it says none, or there are none.</summary>
    public static UnixFileMode? ModeOf(LocalItem item)
    {
        if (OperatingSystem.IsWindows() || item.Mode is not { Length: > 0 and <= 5 } mode || mode.Any(digit => digit is < '0' or > '7')) return null;
        return (UnixFileMode)Convert.ToInt32(mode, 8) & Permissions;
    }
}
