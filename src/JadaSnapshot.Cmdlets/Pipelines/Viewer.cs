using System.ComponentModel;
using System.Diagnostics;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows a file to whoever sits at this machine.</summary>
internal static class Viewer
{
    /// <summary>Whether there is a desktop to show it on.</summary>
    public static bool IsThere => OperatingSystem.IsWindows()
        ? Environment.UserInteractive
        : OperatingSystem.IsMacOS() ? !Has("SSH_CONNECTION") : Has("DISPLAY") || Has("WAYLAND_DISPLAY");

    /// <summary>Opens a file with the program that the desktop has for it; false where there is none.</summary>
    public static bool TryOpen(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path) { UseShellExecute = true });
            return true;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            return false;
        }
    }

    private static bool Has(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
