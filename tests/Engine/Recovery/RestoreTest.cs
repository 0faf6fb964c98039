using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Layers;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>What the tests of restores share: sandboxes without an estate, calls to their services, and the steps and results of restores.</summary>
public abstract class RestoreTest : LayerTest
{
    private protected const string Account = SandboxWorld.EstateAccount, OtherAccount = "111122223333", Region = "us-east-1";

    private protected static Task<RunningSandbox> StartAsync(string account = Account, string settling = "") =>
        RunningSandbox.StartAsync(new() { Budgets = false, Region = Region, Account = account, Settling = Settling.Parse(settling) });

    private protected static async Task<JsonObject> CallAsync(RunningSandbox sandbox, string service, string method, string target, string body = "", params KeyValuePair<string, string>[] headers)
    {
        var query = target.Split('?') is [_, var asked] ? asked.Split('&').Select(pair => KeyValuePair.Create(pair.Split('=')[0], Uri.UnescapeDataString(pair.Split('=')[1]))) : [];
        var answer = await new InProcessCaller(sandbox.Host.World).CallAsync(service, Region, method, target.Split('?')[0], [.. query], headers, Encoding.UTF8.GetBytes(body), Cancel);
        return answer.Body.IsEmpty || answer.Body.Span[0] != '{' ? [] : JsonNode.Parse(answer.Body.Span)!.AsObject();
    }

    private protected async Task<Snapshot> CaptureAsync(RunningSandbox sandbox, bool withData, params string[] layers)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox.Host));
        var snapshot = await new CaptureRun(connection, new() { Store = Store, Name = "v1.0", Layers = layers, IncludeData = withData }).RunAsync(Problems.Enqueue, Cancel);
        Assert.Empty(Problems);
        return snapshot;
    }

    private protected Task<IReadOnlyList<RestoreStep>> PlanAsync(RunningSandbox sandbox, Snapshot snapshot, RestoreSelection? selection = null, Func<RestoreTarget, RestoreTarget>? change = null) =>
        RunAsync(sandbox, snapshot, selection, change, async (run, steps) =>
        {
            await Task.CompletedTask;
            return steps;
        });

    private protected Task<IReadOnlyList<RestoreResult>> RestoreAsync(RunningSandbox sandbox, Snapshot snapshot, RestoreSelection? selection = null, Func<RestoreTarget, RestoreTarget>? change = null) =>
        RunAsync<IReadOnlyList<RestoreResult>>(sandbox, snapshot, selection, change, async (run, steps) => await run.ApplyAsync(steps.Select(step => step.Id).ToHashSet(StringComparer.Ordinal), Cancel).ToListAsync(Cancel));

    /// <summary>Restores all, and says that nothing failed and nothing is left to do.</summary>
    private protected async Task RestoreWhollyAsync(RunningSandbox sandbox, Snapshot snapshot, Func<RestoreTarget, RestoreTarget>? change = null)
    {
        var results = await RestoreAsync(sandbox, snapshot, null, change);
        Assert.Equal("", string.Join('\n', results.Where(result => result.Status is RestoreStatus.Failed or RestoreStatus.NotDone).Select(result => $"{result}: {string.Join(' ', result.Notes)}")));
        await HasNothingToDoAsync(sandbox, snapshot, change);
    }

    private protected async Task HasNothingToDoAsync(RunningSandbox sandbox, Snapshot snapshot, Func<RestoreTarget, RestoreTarget>? change = null) =>
        Assert.Equal("", string.Join('\n', (await PlanAsync(sandbox, snapshot, null, change)).Where(step => step.Action != RestoreAction.Skip).Select(step => $"{step}: {step.Reason} {string.Join("; ", step.Changes)}")));

    private async Task<T> RunAsync<T>(RunningSandbox sandbox, Snapshot snapshot, RestoreSelection? selection, Func<RestoreTarget, RestoreTarget>? change, Func<RestoreRun, IReadOnlyList<RestoreStep>, Task<T>> act)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox.Host));
        RestoreTarget target = new() { Connection = connection, Endpoint = sandbox.Host.Endpoint, Patience = TimeSpan.FromSeconds(20) };
        using var run = await RestoreRun.OpenAsync(snapshot, change?.Invoke(target) ?? target, selection ?? RestoreSelection.All, Problems.Enqueue, Cancel);
        var steps = await run.PlanAsync(Problems.Enqueue, Cancel);
        Assert.Empty(Problems);
        return await act(run, steps);
    }
}
