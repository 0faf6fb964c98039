using System.Reflection;

namespace JadaSnapshot.Pester.Tests;

/// <summary>Where the build put things.</summary>
internal static class Locations
{
    public static string TestFolder { get; } = Of("TestFolder");

    public static string ModuleFolder { get; } = Of("ModuleFolder");

    public static string Sandbox { get; } = Of("Sandbox");

    public static string Rivals { get; } = Of("Rivals");

    public static string ResultFolder { get; } = Of("ResultFolder");

    private static string Of(string name) =>
        typeof(Locations).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
}
