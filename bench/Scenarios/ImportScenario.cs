using JadaSnapshot.Bench.Contenders;
using JadaSnapshot.Bench.Measuring;
using JadaSnapshot.Bench.Reporting;

namespace JadaSnapshot.Bench.Scenarios;

/// <summary>Starts pwsh with the module and without it.</summary>
internal static class ImportScenario
{
    private const int RunsEach = 4;

    public static async Task<string> RunAsync(BenchOptions options, CancellationToken cancel)
    {
        var module = Path.GetFullPath(Path.Combine("artifacts", "module", "JadaSnapshot", "JadaSnapshot.psd1"));
        if (Contender.FindOnPath("pwsh") is null) return "pwsh is not on the PATH: not measured.";
        if (!File.Exists(module)) return "The module is not built (./build.ps1 Build): not measured.";

        List<TimeSpan> without = [], with = [];
        await StartAsync($"Import-Module '{module}'", cancel);
        for (var run = 0; run < RunsEach * options.Runs; run++)
        {
            without.Add(await StartAsync("1", cancel));
            with.Add(await StartAsync($"Import-Module '{module}'", cancel));
        }
        var table = new Table("pwsh", "wall");
        table.Add("alone", Quantity.Of(without.Median()));
        table.Add("with Import-Module", Quantity.Of(with.Median()));
        table.Add("difference", Quantity.Of(with.Median() - without.Median()));
        return $"Medians of {with.Count} starts each; load {BenchEnvironment.Load()}.\n\n{table}";
    }

    private static async Task<TimeSpan> StartAsync(string script, CancellationToken cancel) =>
        (await ProcessMeter.RunAsync(new("pwsh", "-NoProfile", "-NonInteractive", "-Command", script), cancel)).Wall;
}
