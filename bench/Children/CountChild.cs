using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Inventory;

namespace JadaSnapshot.Bench.Children;

/// <summary>Get-JadaBucketInventory of one bucket as a process of its own.</summary>
internal static class CountChild
{
    public static async Task RunAsync(string bucket, bool fromInventory, CancellationToken cancel)
    {
        using var connection = AwsConnection.Open(new());
        var run = new BucketInventoryRun(connection, new() { Wanted = name => name == bucket, FromInventory = fromInventory ? static _ => { } : null });
        await foreach (var counted in run.RunAsync(problem => throw new InvalidOperationException(problem.Message), cancel))
            Console.WriteLine(counted.ListedAt is null == fromInventory ? throw new InvalidOperationException("It was counted in another way.") : $"{counted.ObjectCount} {counted.TotalBytes}");
    }
}
