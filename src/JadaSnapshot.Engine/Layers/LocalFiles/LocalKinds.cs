using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Tells files from what only looks like one to the runtime: opening a pipe waits for ever.</summary>
internal static class LocalKinds
{
    /// <summary>What lies at a path. A link is not followed.</summary>
    public static LocalKind Of(FileSystemInfo info)
    {
        if (info.LinkTarget is not null) return LocalKind.Link;
        if (info is DirectoryInfo) return LocalKind.Folder;
        if (OperatingSystem.IsWindows()) return LocalKind.File;
        return (FileStatus.Of(info.FullName)?.Mode & 0xF000) switch
        {
            0x8000 => LocalKind.File,
            0x1000 => LocalKind.Pipe,
            0xC000 => LocalKind.Socket,
            0x2000 or 0x6000 => LocalKind.Device,
            _ => LocalKind.Unknown,
        };
    }
}
