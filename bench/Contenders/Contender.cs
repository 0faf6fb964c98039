using JadaSnapshot.Bench.Measuring;

namespace JadaSnapshot.Bench.Contenders;

/// <summary>A tool that copies a bucket into a folder.</summary>
/// <param name="Name">How the results call it.</param>
/// <param name="Program">What has to be on the PATH.</param>
/// <param name="VersionArguments">What makes it say its version.</param>
/// <param name="Copy">The command that copies a bucket of a server into a folder.</param>
/// <param name="MostRuns">How often it is run at most: once, where minutes pass.</param>
internal sealed record Contender(string Name, string Program, string[] VersionArguments, Func<BenchServer, string, string, Command> Copy, int MostRuns = int.MaxValue)
{
    /// <summary>Whether it can be started here.</summary>
    public bool IsHere => FindOnPath(Program) is not null;

    public async Task<string> VersionAsync(CancellationToken cancel)
    {
        if (VersionArguments.Length == 0) return "this checkout";
        var output = (await ProcessMeter.RunAsync(new(Program, VersionArguments), cancel)).Output;
        return output.Split('\n')[0].Trim();
    }

    public static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => OperatingSystem.IsWindows() ? [Path.Combine(folder, program + ".exe"), Path.Combine(folder, program + ".cmd")] : (string[])[Path.Combine(folder, program)])
            .FirstOrDefault(File.Exists);
}
