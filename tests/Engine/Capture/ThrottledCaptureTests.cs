using System.Collections.Concurrent;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class ThrottledCaptureTests
{
    // What S3 does to a crowd of transfers is FaultRunTests' matter.
    private static readonly string[] Layers = [.. LayerCatalog.Names.Where(name => name != "s3")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_estate_whose_services_throttle_every_second_call_is_captured_whole()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Budgets = false, Faults = [new() { Kind = FaultKind.Throttle, Every = 2 }] }, Cancel);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox));
        var problems = new ConcurrentQueue<Problem>();

        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = Layers }).RunAsync(problems.Enqueue, Cancel);

        Assert.Empty(problems);
        Assert.Equal(SnapshotStatus.Complete, snapshot.Status);
        Assert.InRange(sandbox.Requests.Total, connection.Calls.Total * 1.5, double.MaxValue);
    }
}
