using System.Collections.Concurrent;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class ThrottledCaptureTests
{
    // What a budget lets through at once after a silence; two more for what the network holds up.
    private const int Burst = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_estate_whose_services_throttle_every_second_call_is_captured_whole()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Budgets = false, Faults = [new() { Kind = FaultKind.Throttle, Every = 2 }] }, Cancel);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox));
        var problems = new ConcurrentQueue<Problem>();

        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", ExcludeKeys = ["*"] }).RunAsync(problems.Enqueue, Cancel);

        Assert.Empty(problems);
        Assert.Equal(SnapshotStatus.Complete, snapshot.Status);
        Assert.InRange(sandbox.Requests.Total, connection.Calls.Total * 1.5, double.MaxValue);
    }

    [Fact]
    public async Task A_throttled_layer_makes_no_more_calls_a_second_than_its_budget()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Budgets = false, Faults = [new() { Kind = FaultKind.Throttle, Rate = 0.5 }] }, Cancel);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox) with { UseBudgets = true });
        await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["lambda"] }).RunAsync(_ => { }, Cancel);

        var started = sandbox.Requests.Entries
            .Where(request => request is { Service: "lambda", Region: "us-west-2" } and not { Operation: "GetFunction" or "GetPolicy" or "FetchLink" })
            .Select(request => request.Started).Order().ToList();
        Assert.InRange(started.Count, 30, int.MaxValue);
        foreach (var moment in started)
            Assert.InRange(started.Count(other => other >= moment && other < moment.AddSeconds(1)), 1, 15 + Burst + 2);
        Assert.InRange(started.Count, 1, 15 * (started[^1] - started[0]).TotalSeconds + Burst + 2);
    }
}
