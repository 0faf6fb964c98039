using JadaSnapshot.Bench.Contenders;
using JadaSnapshot.Bench.Measuring;

namespace JadaSnapshot.Bench.Scenarios;

/// <summary>One contender's run, what it cost the server, and what it asked.</summary>
internal sealed record Lap(Contender Contender, ProcessCost Cost, TimeSpan ServerProcessor, RequestCounts Requests);

/// <summary>Lets contenders copy one bucket, in turn, so that whatever else the machine does meets all of them.</summary>
internal sealed class Race(BenchServer server, BenchOptions options, string bucket)
{
    private readonly List<Lap> _laps = [];

    public IEnumerable<Contender> Contenders => options.Contenders;

    /// <summary>Runs every contender as often as the options say; <paramref name="fresh"/> says whether each finds an empty folder or its own last copy.</summary>
    public async Task RunAsync(bool fresh, Func<string, Task> check, CancellationToken cancel)
    {
        for (var round = 0; round < options.Runs; round++)
            for (var place = 0; place < options.Contenders.Count; place++)
            {
                var contender = options.Contenders[(round + place) % options.Contenders.Count];
                if (round >= contender.MostRuns) continue;
                var folder = Path.Combine(FolderOf(contender), bucket);
                if (fresh) Scratch.Empty(FolderOf(contender));
                await RunOneAsync(contender, folder, cancel);
                await check(folder);
                if (fresh) Scratch.Delete(FolderOf(contender));
            }
    }

    public IEnumerable<Lap> Of(Contender contender) => _laps.Where(lap => lap.Contender == contender);

    public void CleanUp()
    {
        foreach (var contender in options.Contenders) Scratch.Delete(FolderOf(contender));
    }

    public async Task PrepareAsync(CancellationToken cancel)
    {
        foreach (var contender in options.Contenders)
        {
            Scratch.Empty(FolderOf(contender));
            await ProcessMeter.RunAsync(contender.Copy(server, bucket, Path.Combine(FolderOf(contender), bucket)), cancel);
        }
    }

    private async Task RunOneAsync(Contender contender, string folder, CancellationToken cancel)
    {
        await server.ForgetRequestsAsync(cancel);
        var before = server.ProcessorTime;
        var cost = await ProcessMeter.RunAsync(contender.Copy(server, bucket, folder), cancel);
        var lap = new Lap(contender, cost, server.ProcessorTime - before, await server.CountRequestsAsync(cancel));
        _laps.Add(lap);
        Console.WriteLine($"  {contender.Name,-12} {cost.Wall.TotalSeconds,8:n2} s wall {cost.Processor.TotalSeconds,8:n2} s CPU {cost.PeakMemory / 1e6,6:n0} MB  server {lap.ServerProcessor.TotalSeconds,6:n2} s CPU  {lap.Requests}");
    }

    private string FolderOf(Contender contender) => Path.Combine(options.Scratch, $"jada-bench-{Environment.ProcessId}", contender.Name.Replace(' ', '-'));
}
