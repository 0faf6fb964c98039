namespace JadaSnapshot.Engine.Tests.Capture;

/// <summary>A folder for one test's store, deleted with it; in memory where the system has a place for that, because every captured file is flushed.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private const string InMemory = "/dev/shm";

    public string Path { get; } = Directory.Exists(InMemory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(InMemory, $"jada-test-{Guid.NewGuid():n}")).FullName
        : Directory.CreateTempSubdirectory("jada-test-").FullName;

    public void Dispose()
    {
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
            if (OperatingSystem.IsWindows()) File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(Path, recursive: true);
    }
}
