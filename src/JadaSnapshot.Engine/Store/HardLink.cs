using System.Runtime.InteropServices;

namespace JadaSnapshot.Engine.Store;

/// <summary>Gives files further names, for which the runtime has no call.</summary>
internal static partial class HardLink
{
    /// <summary>Gives a file a further name on the same volume; why the system refuses, where it does.</summary>
    internal static string? TryMake(string file, string name)
    {
        var isMade = OperatingSystem.IsWindows() ? CreateHardLink(name, file, 0) : Link(file, name) == 0;
        return isMade ? null : Marshal.GetLastPInvokeErrorMessage();
    }

    // https://pubs.opengroup.org/onlinepubs/9799919799/functions/link.html
    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string file, string name);

    // https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-createhardlinkw
    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string name, string file, nint securityAttributes);
}
