using System.Runtime.InteropServices;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Tells files from what only looks like one to the runtime: opening a pipe waits for ever.</summary>
internal static partial class LocalKinds
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint TypeOnly = 1;

    /// <summary>What lies at a path. A link is not followed.</summary>
    public static LocalKind Of(FileSystemInfo info)
    {
        if (info.LinkTarget is not null) return LocalKind.Link;
        if (info is DirectoryInfo) return LocalKind.Folder;
        if (OperatingSystem.IsWindows()) return LocalKind.File;
        return (TypeAt(info.FullName) & 0xF000) switch
        {
            0x8000 => LocalKind.File,
            0x1000 => LocalKind.Pipe,
            0xC000 => LocalKind.Socket,
            0x2000 or 0x6000 => LocalKind.Device,
            _ => LocalKind.Unknown,
        };
    }

    private static int TypeAt(string path)
    {
        Span<byte> buffer = stackalloc byte[256];
        if (OperatingSystem.IsLinux()) return StatX(CurrentFolder, path, DoNotFollow, TypeOnly, buffer) == 0 ? MemoryMarshal.Read<ushort>(buffer[28..]) : 0;
        var failed = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? LStat64(path, buffer) : LStat(path, buffer);
        return failed == 0 ? MemoryMarshal.Read<ushort>(buffer[4..]) : 0;
    }

    // https://man7.org/linux/man-pages/man2/statx.2.html: the same on every architecture; stx_mode is at 28.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> buffer);

    // macOS: st_mode is at 4.
    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LStat(string path, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LStat64(string path, Span<byte> buffer);
}
