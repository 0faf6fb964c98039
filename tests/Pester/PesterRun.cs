using System.Collections.Concurrent;
using System.Text.Json;

namespace JadaSnapshot.Pester.Tests;

/// <summary>Runs test files in PowerShell, and leaves one line that says how that went: the solution's test target prints it last.</summary>
public sealed class PesterRun : IAsyncLifetime
{
    // Most of a file's time is waiting, for services that grant so many calls a second.
    private const int FilesAtOnce = 4;

    private readonly ConcurrentDictionary<string, Task<Outcome>> _runs = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<PesterLane> _idle = [];
    private readonly SandboxHouse _sandboxes = new();
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
        Directory.CreateDirectory(Locations.Scratch);
        Missing = await PowerShell.FindLackAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_runs.Values.Select(run => run.ContinueWith(_ => { }, TaskScheduler.Default)));
        foreach (var lane in _idle) lane.Dispose();
        await _sandboxes.DisposeAsync();
        Directory.Delete(Locations.Scratch, recursive: true);
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
        var lane = _idle.TryTake(out var idle) ? idle : new(_sandboxes.Port);
        try
        {
            var said = await lane.RunAsync(Path.Combine(Locations.TestFolder, file), result, cancel);
            return new(File.Exists(result) && await CountAsync(result, cancel), said);
        }
        finally
        {
            if (File.Exists(result) && lane.IsAlive) _idle.Add(lane);
            else lane.Dispose();
        }
    }

    private async Task<bool> CountAsync(string result, CancellationToken cancel)
    {
        using var counts = JsonDocument.Parse(await File.ReadAllBytesAsync(result, cancel));
        var failed = counts.RootElement.GetProperty("Failed").GetInt32();
        Interlocked.Add(ref _passed, counts.RootElement.GetProperty("Passed").GetInt32());
        Interlocked.Add(ref _failed, failed);
        Interlocked.Add(ref _skipped, counts.RootElement.GetProperty("Skipped").GetInt32());
        return failed == 0;
    }

    internal sealed record Outcome(bool IsPassed, string Output);
}
