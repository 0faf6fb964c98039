using System.Diagnostics;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Bench.Children;

/// <summary>A capture as a process of its own; says what was called.</summary>
internal static class CaptureChild
{
    public static async Task RunAsync(string folder, bool budgets, bool oneAtATime, CancellationToken cancel)
    {
        using var connection = AwsConnection.Open(new() { UseBudgets = budgets, OneAtATime = oneAtATime });
        connection.Calls.RememberKeys(1_000_000);
        var clock = Stopwatch.StartNew();
        var snapshot = await new CaptureRun(connection, new() { Store = folder, Name = "bench" }).RunAsync(problem => Console.Error.WriteLine(problem), cancel);
        Console.WriteLine(JsonSerializer.Serialize(new CaptureReport
        {
            Duration = clock.Elapsed,
            Status = snapshot.Status.ToString(),
            Resources = snapshot.ResourceCount,
            Files = snapshot.FileCount,
            Calls = connection.Calls.Counts,
            Repeated = connection.Calls.Repeated,
        }));
    }
}

/// <summary>What a capture did.</summary>
internal sealed record CaptureReport
{
    public required TimeSpan Duration { get; init; }

    public required string Status { get; init; }

    public required long Resources { get; init; }

    public required long Files { get; init; }

    public required IReadOnlyList<CallCount> Calls { get; init; }

    public required IReadOnlyList<RepeatedCall> Repeated { get; init; }
}
