using JadaSnapshot.Bench.Measuring;
using JadaSnapshot.Bench.Reporting;

namespace JadaSnapshot.Bench.Scenarios;

/// <summary>Lists a bucket and plans its sync, with ever more keys: memory has to stay, and so has the time a key.</summary>
internal static class KeysScenario
{
    private static readonly int[] Counts = [10_000, 100_000, 1_000_000];

    public static async Task<string> RunAsync(BenchOptions options, CancellationToken cancel)
    {
        string[] buckets = [.. Counts.SelectMany(count => (string[])["--synthetic", $"name={BucketOf(count)},count={count},size=100,region=us-west-2"])];
        await using var server = await BenchServer.StartAsync(["--empty", "--no-budgets", .. buckets], cancel);
        var folder = Path.Combine(options.Scratch, $"jada-bench-{Environment.ProcessId}");
        var table = new Table("keys", "wall", "wall a key", "CPU", "CPU a key", "peak memory", "server CPU", "requests");
        try
        {
            await ProcessMeter.RunAsync(Plan(server, Counts[0], folder), cancel);
            foreach (var count in Counts)
            {
                List<ProcessCost> costs = [];
                await server.ForgetRequestsAsync(cancel);
                var before = server.ProcessorTime;
                for (var run = 0; run < options.Runs; run++) costs.Add(await ProcessMeter.RunAsync(Plan(server, count, folder), cancel));
                var (requests, ofServer) = ((await server.CountRequestsAsync(cancel)).Total / options.Runs, (server.ProcessorTime - before) / options.Runs);
                var (wall, processor) = (costs.Select(cost => cost.Wall).Median(), costs.Select(cost => cost.Processor).Median());
                table.Add($"{count:n0}", Quantity.Of(wall), Quantity.OfOne(wall, count), Quantity.Of(processor), Quantity.OfOne(processor, count),
                    Quantity.Memory(costs.Max(cost => (double)cost.PeakMemory)), Quantity.Of(ofServer), $"{requests:n0}");
                Console.WriteLine($"  {count:n0} keys: {Quantity.Of(wall)}");
            }
        }
        finally
        {
            Scratch.Delete(folder);
        }
        return $"Listing a bucket and planning its sync, as a process of its own; medians of {options.Runs} runs, the highest memory of them; load {BenchEnvironment.Load()}.\n\n{table}";
    }

    private static Command Plan(BenchServer server, int count, string folder) => Command.Self("plan", BucketOf(count), folder) with { Environment = server.Environment };

    private static string BucketOf(int count) => $"keys-{count}";
}
