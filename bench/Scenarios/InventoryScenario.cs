using JadaSnapshot.Bench.Measuring;
using JadaSnapshot.Bench.Reporting;

namespace JadaSnapshot.Bench.Scenarios;

/// <summary>Counts a bucket's objects by listing it and by its report of S3 Inventory: memory has to stay with ever more keys, and so has the time a key.</summary>
internal static class InventoryScenario
{
    private static readonly int[] Counts = [1_000_000, 10_000_000];

    private static readonly (string Name, string Command)[] Ways = [("listing", "count"), ("S3 Inventory", "count-from-inventory")];

    public static async Task<string> RunAsync(BenchOptions options, CancellationToken cancel)
    {
        string[] buckets = [.. Counts.SelectMany(count => (string[])["--synthetic", $"name={BucketOf(count)},count={count},size=100,region=us-west-2,inventory=reports"])];
        await using var server = await BenchServer.StartAsync(["--empty", "--no-budgets", .. buckets], cancel);
        var table = new Table("keys", "by", "wall", "wall a key", "CPU", "CPU a key", "peak memory", "server CPU", "requests");
        foreach (var count in Counts)
            foreach (var (name, command) in Ways)
            {
                List<ProcessCost> costs = [];
                await server.ForgetRequestsAsync(cancel);
                var before = server.ProcessorTime;
                for (var run = 0; run < options.Runs; run++) costs.Add(await ProcessMeter.RunAsync(Command.Self(command, BucketOf(count)) with { Environment = server.Environment }, cancel));
                var (requests, ofServer) = (await server.CountRequestsAsync(cancel), (server.ProcessorTime - before) / options.Runs);
                var (wall, processor) = (costs.Select(cost => cost.Wall).Median(), costs.Select(cost => cost.Processor).Median());
                if (costs.Any(cost => cost.Output.Trim() != $"{count} {count * 100L}")) throw new InvalidOperationException($"It counted {costs[0].Output}");
                table.Add($"{count:n0}", name, Quantity.Of(wall), Quantity.OfOne(wall, count), Quantity.Of(processor), Quantity.OfOne(processor, count),
                    Quantity.Memory(costs.Max(cost => (double)cost.PeakMemory)), Quantity.Of(ofServer), $"{requests.Total / options.Runs:n0}");
                Console.WriteLine($"  {count:n0} keys by {name}: {Quantity.Of(wall)}");
            }
        return $"Get-JadaBucketInventory of one bucket, as a process of its own; medians of {options.Runs} runs, the highest memory of them; load {BenchEnvironment.Load()}. The sandbox makes keys, pages and data files anew whenever they are asked for, which is its part of the processor time and none of S3's.\n\n{table}";
    }

    private static string BucketOf(int count) => $"keys-{count}";
}
