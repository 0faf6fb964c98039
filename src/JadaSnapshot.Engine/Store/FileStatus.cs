using System.Runtime.InteropServices;

namespace JadaSnapshot.Engine.Store;

/// <summary>What the system says of a file and the runtime does not. Windows is not asked.</summary>
/// <param name="Mode">Type and permissions.</param>
/// <param name="Links">How many names the file has.</param>
/// <param name="Device">The volume.</param>
/// <param name="Number">What the file is known by on its volume, whatever its names.</param>
internal readonly partial record struct FileStatus(ushort Mode, uint Links, ulong Device, ulong Number)
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint TypeLinksAndNumber = 0x1 | 0x4 | 0x100;

    /// <summary>What lies at a path, a link itself and not where it leads; null where the system does not say.</summary>
    internal static FileStatus? Of(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        Span<byte> buffer = stackalloc byte[256];
        if (OperatingSystem.IsLinux())
            return StatX(CurrentFolder, path, DoNotFollow, TypeLinksAndNumber, buffer) == 0
                ? new(MemoryMarshal.Read<ushort>(buffer[28..]), MemoryMarshal.Read<uint>(buffer[16..]), MemoryMarshal.Read<ulong>(buffer[136..]), MemoryMarshal.Read<ulong>(buffer[32..]))
                : null;
        var failed = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? LStat64(path, buffer) : LStat(path, buffer);
        return failed == 0
            ? new(MemoryMarshal.Read<ushort>(buffer[4..]), MemoryMarshal.Read<ushort>(buffer[6..]), MemoryMarshal.Read<uint>(buffer), MemoryMarshal.Read<ulong>(buffer[8..]))
            : null;
    }

    // https://man7.org/linux/man-pages/man2/statx.2.html: the same on every architecture; stx_nlink is at 16, stx_mode at 28, stx_ino at 32, the device at 136.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> buffer);

    // macOS: st_dev is at 0, st_mode at 4, st_nlink at 6, st_ino at 8.
    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LStat(string path, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LStat64(string path, Span<byte> buffer);
}
