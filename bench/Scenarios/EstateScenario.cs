using System.Text.Json;
using JadaSnapshot.Bench.Children;
using JadaSnapshot.Bench.Measuring;
using JadaSnapshot.Bench.Reporting;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Bench.Scenarios;

/// <summary>Takes a snapshot of the sandbox's estate at 30 ms a call: with request budgets against what they allow, without them against the same calls one after the other.</summary>
internal static class EstateScenario
{
    private const string Latency = "30ms";

    public static Task<string> RunAsync(BenchOptions options, CancellationToken cancel) =>
        options.Budgets ? RunWithBudgetsAsync(options, cancel) : RunWithoutBudgetsAsync(options, cancel);

    private static async Task<string> RunWithBudgetsAsync(BenchOptions options, CancellationToken cancel)
    {
        var captures = await CaptureAsync(options, ["--latency", Latency], "budgets", "together", options.Runs, cancel);
        var report = captures[0];
        var took = captures.Select(capture => capture.Duration).Median();
        var floors = (await FloorsAsync(report.Calls, cancel)).OrderByDescending(floor => floor.Floor).ToList();
        var table = new Table("budget", "calls", "a second", "floor");
        foreach (var (name, calls, rate, floor) in floors.TakeWhile(each => each.Floor >= floors[0].Floor / 10)) table.Add(name, $"{calls:n0}", $"{rate:n0}", Quantity.Of(floor));
        return $"{Describe(report)}, in **{Quantity.Of(took)}** (median of {options.Runs}; load {BenchEnvironment.Load()}): {took / floors[0].Floor:n2} times what the budgets allow. "
            + $"The longest chain of dependent calls (who calls, list, read, page on) is a few calls of {Latency} and never the floor.\n\n{table}";
    }

    private static async Task<string> RunWithoutBudgetsAsync(BenchOptions options, CancellationToken cancel)
    {
        string[] server = ["--latency", Latency, "--no-budgets"];
        var captures = await CaptureAsync(options, server, "no-budgets", "together", options.Runs, cancel);
        var one = (await CaptureAsync(options, server, "no-budgets", "one-at-a-time", 1, cancel))[0];
        var took = captures.Select(capture => capture.Duration).Median();
        var table = new Table("calls", "wall", "ratio");
        table.Add("at once", Quantity.Of(took), "1×");
        table.Add("one after the other", Quantity.Of(one.Duration), Quantity.Ratio(one.Duration, took));
        return $"{Describe(captures[0])}, without request budgets (median of {options.Runs} and 1; load {BenchEnvironment.Load()}).\n\n{table}";
    }

    private static async Task<List<CaptureReport>> CaptureAsync(BenchOptions options, string[] serverOptions, string budgets, string order, int runs, CancellationToken cancel)
    {
        List<CaptureReport> reports = [];
        await using var server = await BenchServer.StartAsync(serverOptions, cancel);
        var folder = Path.Combine(options.Scratch, $"jada-bench-{Environment.ProcessId}");
        for (var run = 0; run < runs; run++)
            try
            {
                var cost = await ProcessMeter.RunAsync(Command.Self("capture", folder, budgets, order) with { Environment = server.Environment }, cancel);
                var report = JsonSerializer.Deserialize<CaptureReport>(cost.Output)!;
                if (report.Status != "Complete") throw new InvalidOperationException($"The snapshot is {report.Status}.");
                Console.WriteLine($"  {order}: {Quantity.Of(report.Duration)}, {cost.Processor.TotalSeconds:n2} s CPU, {Quantity.Memory(cost.PeakMemory)}");
                reports.Add(report);
            }
            finally
            {
                Scratch.Delete(folder);
            }
        return reports;
    }

    private static string Describe(CaptureReport report) =>
        $"{report.Resources:n0} resources, {report.Files:n0} files, {report.Calls.Sum(call => call.Calls):n0} calls with {report.Calls.Sum(call => call.Retries):n0} repetitions, {report.Repeated.Count:n0} of them made twice";

    private static async Task<IEnumerable<(string Name, long Calls, double Rate, TimeSpan Floor)>> FloorsAsync(IEnumerable<CallCount> calls, CancellationToken cancel)
    {
        await using var host = await SandboxHost.StartAsync(new() { Estate = SandboxEstate.Empty }, cancel);
        return [.. calls
            .Select(call => (Call: call, Service: host.World.Services.FirstOrDefault(service => service.SigningName == call.Service)))
            .Select(call => (call.Call, call.Service, Rate: call.Service?.RequestsPerSecond(call.Call.Operation)))
            .Where(call => call.Rate is not null)
            .GroupBy(call => (call.Call.Service, call.Call.Region, Budget: call.Service!.BudgetOf(call.Call.Operation), call.Rate))
            .Select(group => ($"{group.Key.Service} {group.Key.Region} {group.Key.Budget}".TrimEnd(), group.Sum(call => call.Call.Calls), group.Key.Rate!.Value, TimeSpan.FromSeconds(group.Sum(call => call.Call.Calls) / group.Key.Rate.Value)))];
    }
}
