using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Has the engine make, change and delete what API Gateway, SES, Secrets Manager, the parameter store and Lightsail have.</summary>
internal sealed class ApiRequests(Action<ISandboxService, SandboxRequest, SandboxResponse> note) : IDisposable
{
    private static readonly Dictionary<string, string> Values = new() { ["harbor/value"] = "harbor-desk-0123456789abcdef", ["prod/stripe"] = "sk", ["prod/rotated"] = "x", ["/jada/token"] = "tw" };

    private readonly TemporaryStore _store = new();
    private bool _isEngine;

    public async Task AskAsync()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty, OnAnswer = Note });
        var nothing = await SnapshotAsync(host, "nothing");
        var world = new ApiWorld(host);
        await world.MakeAsync();
        await MailWorld.MakeAsync(host);
        await SecretsWorld.MakeAsync(host);
        await LightsailWorld.MakeAsync(host);
        var snapshot = await SnapshotAsync(host, "v1");

        await world.ChangeAsync();
        await MailWorld.ChangeAsync(host);
        await SecretsWorld.ChangeAsync(host);
        await LightsailWorld.ChangeAsync(host);
        host.Faults.Add(Fault.Parse("service=apigateway,operation=CreateStage,kind=reset,times=1"));
        await RestoreAsync(host, snapshot);
        await world.AddAsync();
        await MailWorld.AddAsync(host);
        await SecretsWorld.AddAsync(host);
        await LightsailWorld.AddAsync(host);
        await RestoreAsync(host, snapshot);
        await SecretsWorld.DeleteAsync(host);
        await RestoreAsync(host, nothing, prune: true);
        await RestoreAsync(host, snapshot);
    }

    public void Dispose() => _store.Dispose();

    private void Note(ISandboxService service, SandboxRequest request, SandboxResponse answer)
    {
        if (_isEngine) note(service, request, answer);
    }

    private static AwsConnection Connect(SandboxHost host) =>
        AwsConnection.Open(new() { EndpointUrl = host.Endpoint, AccessKey = host.AccessKey, SecretKey = host.SecretKey, Region = host.Region, UseBudgets = false });

    private async Task<Snapshot> SnapshotAsync(SandboxHost host, string name)
    {
        using var connection = Connect(host);
        return await new CaptureRun(connection, new() { Store = _store.Path, Name = name, Layers = ["apigateway", "lightsail", "secrets", "ses"] }).RunAsync(problem => Assert.Fail($"{problem}"), CancellationToken.None);
    }

    private async Task RestoreAsync(SandboxHost host, Snapshot snapshot, bool prune = false)
    {
        using var connection = Connect(host);
        _isEngine = true;
        using var run = await RestoreRun.OpenAsync(snapshot, new() { Connection = connection, Endpoint = host.Endpoint, Prune = prune, MaxDelete = 1000, SecretValues = Values, Patience = TimeSpan.FromSeconds(5) }, RestoreSelection.All, problem => Assert.Fail($"{problem}"), CancellationToken.None);
        var plan = await run.PlanAsync(problem => Assert.Fail($"{problem}"), CancellationToken.None);
        await foreach (var result in run.ApplyAsync(plan.Where(step => step.Action != RestoreAction.Cannot).Select(step => step.Id).ToHashSet(StringComparer.Ordinal), CancellationToken.None))
            Assert.True(result.Status is RestoreStatus.Done or RestoreStatus.Unchanged, $"{result}: {string.Join(" ", result.Notes)}");
        _isEngine = false;
    }
}
