using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Layers;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>What tests of restores share: a snapshot of an estate, and the way from it into a sandbox.</summary>
public abstract class RestoreTest : LayerTest
{
    private protected const string OtherAccount = "999999999999";

    private protected static Task<SandboxHost> StartEmptyAsync(string account = OtherAccount, Func<SandboxOptions, SandboxOptions>? with = null)
    {
        SandboxOptions options = new() { Budgets = false, Estate = SandboxEstate.Empty, Account = account };
        return SandboxHost.StartAsync(with?.Invoke(options) ?? options, Cancel);
    }

    private protected async Task<Snapshot> CaptureAsync(SandboxHost host, params string[] layers)
    {
        using var connection = Connect(host);
        return await new CaptureRun(connection, new() { Store = Store, Name = "v1.0", Layers = layers }).RunAsync(Problems.Enqueue, Cancel);
    }

    private protected async Task<IReadOnlyList<RestoreStep>> PlanAsync(SandboxHost host, Snapshot snapshot, RestoreSelection? selection = null, Func<RestoreTarget, RestoreTarget>? with = null)
    {
        using var connection = Connect(host);
        using var run = await OpenAsync(connection, host, snapshot, selection, with);
        return await run.PlanAsync(Problems.Enqueue, Cancel);
    }

    private protected async Task<List<RestoreResult>> RestoreAsync(SandboxHost host, Snapshot snapshot, RestoreSelection? selection = null, Func<RestoreTarget, RestoreTarget>? with = null)
    {
        using var connection = Connect(host);
        using var run = await OpenAsync(connection, host, snapshot, selection, with);
        var steps = await run.PlanAsync(Problems.Enqueue, Cancel);
        return await run.ApplyAsync(steps.Select(step => step.Id).ToHashSet(StringComparer.Ordinal), Cancel).ToListAsync(Cancel);
    }

    /// <summary>Calls a service, as somebody would who changes something by hand.</summary>
    private protected static async Task<WireResponse> CallAsync(SandboxHost host, AwsService service, WireRequest request, string? region = null)
    {
        using var connection = Connect(host);
        return await connection.Wire(service, region).SendAsync(request, Cancel);
    }

    private protected static void AssertDone(IEnumerable<RestoreResult> results) =>
        Assert.All(results, result => Assert.True(result.Status is RestoreStatus.Done or RestoreStatus.Unchanged, $"{result}: {string.Join(" ", result.Notes)}"));

    private protected static void AssertNothingLeft(IEnumerable<RestoreStep> plan) =>
        Assert.All(plan, step => Assert.True(step.Action == RestoreAction.Skip, $"{step}: {step.Reason}. {string.Join("; ", step.Changes)}"));

    private static AwsConnection Connect(SandboxHost host) => AwsConnection.Open(EstateFixture.OptionsFor(host) with { Regions = ["us-east-1"] });

    private Task<RestoreRun> OpenAsync(AwsConnection connection, SandboxHost host, Snapshot snapshot, RestoreSelection? selection, Func<RestoreTarget, RestoreTarget>? with)
    {
        RestoreTarget target = new() { Connection = connection, Endpoint = host.Endpoint, Patience = TimeSpan.FromSeconds(20) };
        return RestoreRun.OpenAsync(snapshot, with?.Invoke(target) ?? target, selection ?? RestoreSelection.All, Problems.Enqueue, Cancel);
    }
}
