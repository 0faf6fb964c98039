namespace JadaSnapshot.Bench.Scenarios;

/// <summary>Folders for copies.</summary>
internal static class Scratch
{
    public static void Empty(string folder)
    {
        Delete(folder);
        Directory.CreateDirectory(folder);
    }

    public static void Delete(string folder)
    {
        if (!Directory.Exists(folder)) return;
        if (OperatingSystem.IsWindows())
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(folder, recursive: true);
    }
}
