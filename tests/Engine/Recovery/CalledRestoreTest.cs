using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>What tests of restores share that make what they restore by calls to services.</summary>
public abstract class CalledRestoreTest : RestoreTest
{
    private protected const string Account = SandboxWorld.EstateAccount, Region = "us-east-1";

    private protected static Task<RunningSandbox> StartAsync(string account = Account, string settling = "") =>
        RunningSandbox.StartAsync(new() { Budgets = false, Region = Region, Account = account, Settling = Settling.Parse(settling) });

    private protected Task<Snapshot> CaptureAsync(RunningSandbox sandbox, bool withData, params string[] layers) => SnapshotAsync(sandbox.Host, withData, layers);

    private protected Task<IReadOnlyList<RestoreStep>> PlanAsync(RunningSandbox sandbox, Snapshot snapshot, RestoreSelection? selection = null, Func<RestoreTarget, RestoreTarget>? change = null) =>
        PlanAsync(sandbox.Host, snapshot, change, selection);

    private protected Task<IReadOnlyList<RestoreResult>> RestoreAsync(RunningSandbox sandbox, Snapshot snapshot, RestoreSelection? selection = null, Func<RestoreTarget, RestoreTarget>? change = null) =>
        RestoreAsync(sandbox.Host, snapshot, change, selection);

    private protected Task RestoreWhollyAsync(RunningSandbox sandbox, Snapshot snapshot, Func<RestoreTarget, RestoreTarget>? change = null) => RestoreWhollyAsync(sandbox.Host, snapshot, change);

    private protected async Task HasNothingToDoAsync(RunningSandbox sandbox, Snapshot snapshot, Func<RestoreTarget, RestoreTarget>? change = null) => Assert.Empty(ToDo(await PlanAsync(sandbox.Host, snapshot, change)));
}
