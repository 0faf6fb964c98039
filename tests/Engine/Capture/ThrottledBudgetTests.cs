using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class ThrottledBudgetTests
{
    private const int ASecond = 10;

    // What a budget lets through at once after a silence; two more for what the network holds up.
    private const int Burst = 2;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_throttled_layer_makes_no_more_calls_a_second_than_its_budget()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Budgets = false, Faults = [new() { Kind = FaultKind.Throttle, Rate = 0.5 }] }, Cancel);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox) with { UseBudgets = true });
        await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["acm"] }).RunAsync(_ => { }, Cancel);

        var started = sandbox.Requests.Entries
            .Where(request => request is { Service: "acm", Region: "us-east-1", Operation: "DescribeCertificate" })
            .Select(request => request.Started).Order().ToList();
        // How many are throttled is chance; enough to measure a rate are there in any case.
        Assert.InRange(started.Count, 6, int.MaxValue);
        foreach (var moment in started)
            Assert.InRange(started.Count(other => other >= moment && other < moment.AddSeconds(1)), 1, ASecond + Burst + 2);
        Assert.InRange(started.Count, 1, ASecond * (started[^1] - started[0]).TotalSeconds + Burst + 2);
    }
}
