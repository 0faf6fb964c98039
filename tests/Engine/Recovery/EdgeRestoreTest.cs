using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>What tests of restores of certificates, distributions and zones share: small sandboxes, snapshots of them with every detail, and restores that leave nothing to do.</summary>
public abstract class EdgeRestoreTest : RestoreTest
{
    private protected static Task<SandboxHost> EmptyAsync(string? account = null, params string[] faults) =>
        StartEmptyAsync(account ?? SandboxWorld.EstateAccount, options => options with { Faults = [.. faults.Select(Fault.Parse)] });

    private protected async Task<Snapshot> SnapshotAsync(SandboxHost host, params string[] layers)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        var snapshot = await new CaptureRun(connection, new() { Store = Store, Name = "v1", Layers = layers, DistributionDetail = DistributionDetail.All }).RunAsync(Problems.Enqueue, Cancel);
        Assert.Empty(Problems);
        return snapshot;
    }

    /// <summary>Restores, and sees that every step was done and that nothing is left to do.</summary>
    private protected async Task<IReadOnlyList<RestoreResult>> RestoreWhollyAsync(SandboxHost host, Snapshot snapshot, Func<RestoreTarget, RestoreTarget>? with = null)
    {
        var results = await RestoreAsync(host, snapshot, with: with);
        AssertDone(results);
        AssertNothingLeft(await PlanAsync(host, snapshot, with: with));
        return results;
    }
}
