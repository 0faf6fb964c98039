using System.Reflection;

namespace JadaSnapshot.Pester.Tests;

/// <summary>Where the build put things.</summary>
internal static class Locations
{
    public static string TestFolder { get; } = Of("TestFolder");

    public static string ModuleFolder { get; } = Of("ModuleFolder");

    public static string Rivals { get; } = Of("Rivals");

    public static string ResultFolder { get; } = Of("ResultFolder");

    /// <summary>Where tests put what they make: in memory where there is such a place, because thousands of small files come and go.</summary>
    public static string Scratch { get; } =
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"jada-pester-{Environment.ProcessId}");

    private static string Of(string name) =>
        typeof(Locations).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
}
