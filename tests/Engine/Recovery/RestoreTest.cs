using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Layers;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>What tests of restores share: empty sandboxes, snapshots of them, plans and what becomes of them.</summary>
public abstract class RestoreTest : LayerTest
{
    private protected const string OtherAccount = "999999999999";

    private protected static Task<SandboxHost> EmptyAsync(Func<SandboxOptions, SandboxOptions> with) =>
        SandboxHost.StartAsync(with(new() { Budgets = false, Estate = SandboxEstate.Empty }));

    private protected static Task<SandboxHost> EmptyAsync(string? account = null, params string[] faults) =>
        SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty, Account = account ?? SandboxWorld.EstateAccount, Faults = [.. faults.Select(Fault.Parse)] });

    private protected Task<Snapshot> SnapshotAsync(SandboxHost host, params string[] layers) => SnapshotAsync(host, withData: false, layers);

    private protected async Task<Snapshot> SnapshotAsync(SandboxHost host, bool withData, params string[] layers)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        var snapshot = await new CaptureRun(connection, new() { Store = Store, Name = "v1", Layers = layers, DistributionDetail = DistributionDetail.All, IncludeData = withData }).RunAsync(Problems.Enqueue, Cancel);
        Assert.Empty(Problems);
        return snapshot;
    }

    private protected virtual Task<SnapshotFiles> OpenAsync(Snapshot snapshot) => Task.FromResult(SnapshotFiles.OnDisk(snapshot));

    private protected async Task<IReadOnlyList<RestoreStep>> PlanAsync(SandboxHost host, Snapshot snapshot, Func<RestoreTarget, RestoreTarget>? asked = null, RestoreSelection? selection = null)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        using var files = await OpenAsync(snapshot);
        using var run = await RestoreRun.OpenAsync(files, Target(connection, host, asked), selection ?? RestoreSelection.All, Problems.Enqueue, Cancel);
        return await run.PlanAsync(Problems.Enqueue, Cancel);
    }

    private protected async Task<IReadOnlyList<RestoreResult>> RestoreAsync(SandboxHost host, Snapshot snapshot, Func<RestoreTarget, RestoreTarget>? asked = null, RestoreSelection? selection = null)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        using var files = await OpenAsync(snapshot);
        using var run = await RestoreRun.OpenAsync(files, Target(connection, host, asked), selection ?? RestoreSelection.All, Problems.Enqueue, Cancel);
        var plan = await run.PlanAsync(Problems.Enqueue, Cancel);
        return await run.ApplyAsync(plan.Select(step => step.Id).ToHashSet(StringComparer.Ordinal), Cancel).ToListAsync(Cancel);
    }

    /// <summary>Restores, and sees that every step was done and that nothing is left to do.</summary>
    private protected async Task<IReadOnlyList<RestoreResult>> RestoreWhollyAsync(SandboxHost host, Snapshot snapshot, Func<RestoreTarget, RestoreTarget>? asked = null)
    {
        var results = await RestoreAsync(host, snapshot, asked);
        Assert.Empty(results.Where(result => result.Status is not (RestoreStatus.Done or RestoreStatus.Unchanged)).Select(Words));
        Assert.Empty(ToDo(await PlanAsync(host, snapshot, asked)));
        return results;
    }

    /// <summary>The steps that do something, with what they change.</summary>
    private protected static IEnumerable<string> ToDo(IEnumerable<RestoreStep> steps) =>
        steps.Where(step => step.Action != RestoreAction.Skip).Select(step => $"{step}: {step.Reason}: {string.Join("; ", step.Changes)}");

    private protected static void IsDone(RestoreResult result) => Assert.True(result.Status is RestoreStatus.Done or RestoreStatus.Unchanged, Words(result));

    private protected static void AssertDone(IEnumerable<RestoreResult> results) => Assert.All(results, IsDone);

    private protected static void AssertNothingLeft(IEnumerable<RestoreStep> plan) => Assert.Empty(ToDo(plan));

    private protected static string Words(RestoreResult result) => $"{result}: {string.Join(" | ", result.Notes)}";

    /// <summary>Asks a service of a sandbox by a client that shares no code with the engine.</summary>
    private protected static Task<XElement?> SendAsync(SandboxHost host, string service, string method, string target, string? body = null, params (string Name, string Value)[] headers) =>
        SandboxXml.SendAsync(host, service, method, target, body, headers);

    /// <summary>Calls a service as somebody would who changes something by hand.</summary>
    private protected static async Task<WireResponse> CallAsync(SandboxHost host, AwsService service, WireRequest request)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        return await connection.Wire(service).SendAsync(request, Cancel);
    }

    private static RestoreTarget Target(AwsConnection connection, SandboxHost host, Func<RestoreTarget, RestoreTarget>? asked)
    {
        RestoreTarget target = new() { Connection = connection, Endpoint = host.Endpoint, Patience = TimeSpan.FromSeconds(20) };
        return asked?.Invoke(target) ?? target;
    }
}
