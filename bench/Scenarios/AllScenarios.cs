namespace JadaSnapshot.Bench.Scenarios;

/// <summary>What can be measured, by name.</summary>
internal static class AllScenarios
{
    public static IReadOnlyDictionary<string, Func<BenchOptions, CancellationToken, Task<string>>> All { get; } = new Dictionary<string, Func<BenchOptions, CancellationToken, Task<string>>>
    {
        ["small"] = new DownloadScenario("small", 20_000, 10_000).RunAsync,
        ["large"] = new DownloadScenario("large", 40, 50_000_000).RunAsync,
        ["again"] = new DownloadScenario("again", 5_000, 10_000, Again: true).RunAsync,
        ["keys"] = KeysScenario.RunAsync,
        ["inventory"] = InventoryScenario.RunAsync,
        ["estate"] = EstateScenario.RunAsync,
        ["estate-no-budgets"] = (options, cancel) => EstateScenario.RunAsync(options with { Budgets = false }, cancel),
        ["import"] = ImportScenario.RunAsync,
    };
}
