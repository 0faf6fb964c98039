using JadaSnapshot.Bench.Contenders;
using JadaSnapshot.Bench.Measuring;
using JadaSnapshot.Bench.Reporting;

namespace JadaSnapshot.Bench.Scenarios;

/// <summary>Copies a whole bucket into an empty folder, or again into the folder that holds the copy already.</summary>
internal sealed record DownloadScenario(string Bucket, int Count, int Size, bool Again = false)
{
    public async Task<string> RunAsync(BenchOptions options, CancellationToken cancel)
    {
        await using var server = await BenchServer.StartAsync(["--empty", "--no-budgets", "--synthetic", $"name={Bucket},count={Count},size={Size},region=us-west-2"], cancel);
        var check = new CopyCheck(Count, (long)Count * Size);
        var race = new Race(server, options, Bucket);
        try
        {
            // The server warms up, and in the first listing works out its objects' ETags.
            await WarmUpAsync(server, options, cancel);
            if (Again) await race.PrepareAsync(cancel);
            await race.RunAsync(fresh: !Again, check.CheckAsync, cancel);
        }
        finally
        {
            race.CleanUp();
        }
        var what = Again ? "once more, with nothing changed" : "into an empty folder";
        return $"{Count:n0} objects of {Size:n0} bytes {what} on {options.Scratch}; medians; load {BenchEnvironment.Load()}. A ratio is the contender's cost over ours. Every copy is the same, byte for byte.\n\n{ToTable(race)}";
    }

    private async Task WarmUpAsync(BenchServer server, BenchOptions options, CancellationToken cancel)
    {
        var folder = Path.Combine(options.Scratch, $"jada-bench-{Environment.ProcessId}", "warm-up");
        await ProcessMeter.RunAsync(Command.Self(Count > 1000 ? "sync" : "plan", Bucket, folder) with { Environment = server.Environment }, cancel);
        Scratch.Delete(folder);
    }

    private static Table ToTable(Race race)
    {
        var table = new Table("contender", "runs", "wall", "ratio", "CPU", "ratio", "peak memory", "server CPU", "requests");
        var ours = race.Contenders.FirstOrDefault(contender => contender.Name == AllContenders.Ours) is { } us ? race.Of(us).ToList() : null;
        foreach (var contender in race.Contenders)
        {
            var laps = race.Of(contender).ToList();
            var (wall, processor) = (laps.Select(lap => lap.Cost.Wall).Median(), laps.Select(lap => lap.Cost.Processor).Median());
            table.Add(
                contender.Name, $"{laps.Count}",
                Quantity.Of(wall), ours is null ? "" : Quantity.Ratio(wall, ours.Select(lap => lap.Cost.Wall).Median()),
                Quantity.Of(processor), ours is null ? "" : Quantity.Ratio(processor, ours.Select(lap => lap.Cost.Processor).Median()),
                Quantity.Memory(laps.Select(lap => (double)lap.Cost.PeakMemory).Median()),
                Quantity.Of(laps.Select(lap => lap.ServerProcessor).Median()),
                laps[^1].Requests.ToString());
        }
        return table;
    }
}
