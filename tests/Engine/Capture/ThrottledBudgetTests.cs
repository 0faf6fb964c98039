using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class ThrottledBudgetTests
{
    private const int ASecond = 10, Burst = 2;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_throttled_layer_makes_no_more_calls_a_second_than_its_budget()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Budgets = false, Faults = [new() { Kind = FaultKind.Throttle, Every = 2 }] }, Cancel);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox) with { UseBudgets = true });
        await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["acm"] }).RunAsync(_ => { }, Cancel);

        var calls = sandbox.Requests.Entries.Where(request => request.Service == "acm").ToList();
        Assert.Equal((calls.Count + 1) / 2, calls.Count(request => request.Fault is not null));
        // Nothing is described before it was listed.
        var begun = calls.Where(request => request is { Operation: "ListCertificates", Fault: null }).Min(request => request.Started + request.Duration);
        var described = calls.Where(request => request.Operation == "DescribeCertificate").ToList();
        Assert.InRange(described.Count(request => request.Region == "us-east-1"), 12, int.MaxValue);
        Assert.All(described.Select(request => (request.Started - begun).TotalSeconds).Order(), (time, before) => Assert.InRange(time, (before - Burst) / (double)ASecond, 60));
    }
}
