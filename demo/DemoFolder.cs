namespace JadaSnapshot.Demo;

/// <summary>What the demo does to files of a snapshot, which are read-only.</summary>
internal static class DemoFolder
{
    public static void Delete(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) MakeWritable(file);
        Directory.Delete(folder, recursive: true);
    }

    public static void FlipBit(string path)
    {
        MakeWritable(path);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static void MakeWritable(string path)
    {
        if (OperatingSystem.IsWindows()) File.SetAttributes(path, FileAttributes.Normal);
        else File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
