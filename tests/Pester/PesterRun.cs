using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace JadaSnapshot.Pester.Tests;

/// <summary>Runs test files in PowerShell, and leaves one line that says how that went: the solution's test target prints it last.</summary>
public sealed class PesterRun : IAsyncLifetime
{
    private const string Probe = "if ($PSVersionTable.PSVersion -lt '7.6') { \"only PowerShell $($PSVersionTable.PSVersion)\" } elseif (-not (Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -eq 5 })) { 'no Pester 5' }";

    // Most of a file's time is waiting, for services that grant so many calls a second.
    private const int FilesAtOnce = 4;

    private readonly ConcurrentDictionary<string, Task<Outcome>> _runs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _over = new();
    private int _passed, _failed, _skipped;

    /// <summary>The test files, in the order in which they are run.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Locations.TestFolder, "*.Tests.ps1").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Whether a missing PowerShell is a failure.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("JADA_REQUIRE_PWSH") == "1";

    /// <summary>What is missing, in words; null where nothing is.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Locations.ResultFolder);
        Missing = FindOnPath("pwsh") is null ? "no pwsh on the PATH" : await ProbeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_runs.Values.Select(run => run.ContinueWith(_ => { }, TaskScheduler.Default)));
        _over.Dispose();
        await File.WriteAllTextAsync(
            Path.Combine(Locations.ResultFolder, "summary.txt"),
            Missing is null ? $"Pester: {_passed} passed, {_failed} failed, {_skipped} skipped" : $"Pester: not run ({Missing})");
    }

    /// <summary>Runs a file. The files behind it are begun meanwhile.</summary>
    internal Task<Outcome> RunAsync(string file, CancellationToken cancel)
    {
        foreach (var next in Files.SkipWhile(other => other != file).Take(FilesAtOnce)) _runs.GetOrAdd(next, name => Task.Run(() => RunFileAsync(name, _over.Token)));
        return _runs[file].WaitAsync(cancel);
    }

    private async Task<Outcome> RunFileAsync(string file, CancellationToken cancel)
    {
        var result = Path.Combine(Locations.ResultFolder, Path.ChangeExtension(file, ".json"));
        File.Delete(result);
        var outcome = await PowerShellAsync(
            ["-File", Path.Combine(Locations.TestFolder, "Invoke-TestFile.ps1"), Path.Combine(Locations.TestFolder, file), result], cancel);
        if (!File.Exists(result))
        {
            Interlocked.Increment(ref _failed);
            return outcome with { ExitCode = -1 };
        }

        using var counts = JsonDocument.Parse(await File.ReadAllBytesAsync(result, cancel));
        Interlocked.Add(ref _passed, counts.RootElement.GetProperty("Passed").GetInt32());
        Interlocked.Add(ref _failed, counts.RootElement.GetProperty("Failed").GetInt32());
        Interlocked.Add(ref _skipped, counts.RootElement.GetProperty("Skipped").GetInt32());
        return outcome;
    }

    private static async Task<string?> ProbeAsync()
    {
        var probe = await PowerShellAsync(["-Command", Probe], CancellationToken.None);
        return probe.ExitCode != 0 ? "a pwsh that does not start" : probe.Output.Trim() is { Length: > 0 } lack ? lack : null;
    }

    private static async Task<Outcome> PowerShellAsync(IEnumerable<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Locations.TestFolder,
        };
        start.Environment["JADA_MODULE"] = Locations.ModuleFolder;
        start.Environment["JADA_SANDBOX"] = Locations.Sandbox;
        start.Environment["NO_COLOR"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0"; // as tests/Directory.Build.props says
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var error = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return new(process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);

    internal sealed record Outcome(int ExitCode, string Output);
}
