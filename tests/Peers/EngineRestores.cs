using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Has the engine take snapshots of a sandbox and restore them, and tells what it asks while it restores.</summary>
internal sealed class EngineRestores(Action<ISandboxService, SandboxRequest, SandboxResponse> note, params IReadOnlyList<string> layers) : IDisposable
{
    private readonly TemporaryStore _store = new();
    private bool _isRestoring;

    /// <summary>The sandbox's answers to whoever asks.</summary>
    public void Note(ISandboxService service, SandboxRequest request, SandboxResponse answer)
    {
        if (_isRestoring) note(service, request, answer);
    }

    public static AwsConnection Connect(SandboxHost host) =>
        AwsConnection.Open(new() { EndpointUrl = host.Endpoint, AccessKey = host.AccessKey, SecretKey = host.SecretKey, Region = host.Region, UseBudgets = false });

    public async Task<Snapshot> SnapshotAsync(SandboxHost host, string name)
    {
        using var connection = Connect(host);
        return await new CaptureRun(connection, new() { Store = _store.Path, Name = name, Layers = layers, DistributionDetail = DistributionDetail.All }).RunAsync(problem => Assert.Fail($"{problem}"), CancellationToken.None);
    }

    /// <summary>Does something that is noted.</summary>
    public async Task NotedAsync(Func<Task> act)
    {
        _isRestoring = true;
        await act();
        _isRestoring = false;
    }

    /// <summary>Restores, and sees that every step that is taken was done, unless that is not meant.</summary>
    public Task RestoreAsync(SandboxHost host, Snapshot snapshot, Func<RestoreTarget, RestoreTarget>? change = null, Func<Resource, bool>? wants = null, Func<RestoreStep, bool>? takes = null, bool isWhole = true) => NotedAsync(async () =>
    {
        using var connection = Connect(host);
        RestoreTarget target = new() { Connection = connection, Endpoint = host.Endpoint, MaxDelete = 1000, Patience = TimeSpan.FromSeconds(5) };
        using var run = await RestoreRun.OpenAsync(SnapshotFiles.OnDisk(snapshot), change?.Invoke(target) ?? target, new([], wants ?? (_ => true)), problem => Assert.Fail($"{problem}"), CancellationToken.None);
        var plan = await run.PlanAsync(problem => Assert.Fail($"{problem}"), CancellationToken.None);
        await foreach (var result in run.ApplyAsync(plan.Where(takes ?? (_ => true)).Select(step => step.Id).ToHashSet(StringComparer.Ordinal), CancellationToken.None))
            if (isWhole) Assert.True(result.Status is RestoreStatus.Done or RestoreStatus.Unchanged, $"{result}: {string.Join(" ", result.Notes)}");
    });

    public void Dispose() => _store.Dispose();
}
