using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Sync;

namespace JadaSnapshot.Bench.Children;

/// <summary>A sync as a process of its own.</summary>
internal static class SyncChild
{
    public static async Task RunAsync(string bucket, string folder, bool planOnly, CancellationToken cancel)
    {
        using var connection = AwsConnection.Open(new());
        using var sync = new BucketSync(connection, new() { Destination = folder, PlanOnly = planOnly });
        var result = await sync.SyncAsync(bucket, static _ => { }, problem => Console.Error.WriteLine(problem), cancel);
        if (result.ProblemCount > 0) throw new InvalidOperationException($"{result.ProblemCount} problems.");
        Console.WriteLine($"{result.ObjectCount} {result.DownloadedCount} {result.UnchangedCount}");
    }
}
