using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Has the engine make, change and delete what API Gateway, SES, Secrets Manager, the parameter store and Lightsail have.</summary>
internal sealed class ApiRequests(Action<ISandboxService, SandboxRequest, SandboxResponse> note) : IDisposable
{
    private static readonly Dictionary<string, string> Values = new() { ["harbor/value"] = "harbor-desk-0123456789abcdef", ["prod/stripe"] = "sk", ["prod/rotated"] = "x", ["/jada/token"] = "tw" };

    private readonly EngineRestores _engine = new(note, "apigateway", "lightsail", "secrets", "ses");

    public async Task AskAsync()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty, OnAnswer = _engine.Note });
        var nothing = await _engine.SnapshotAsync(host, "nothing");
        var world = new ApiWorld(host);
        await world.MakeAsync();
        await MailWorld.MakeAsync(host);
        await SecretsWorld.MakeAsync(host);
        await LightsailWorld.MakeAsync(host);
        var snapshot = await _engine.SnapshotAsync(host, "v1");

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

    public void Dispose() => _engine.Dispose();

    private Task RestoreAsync(SandboxHost host, Snapshot snapshot, bool prune = false) =>
        _engine.RestoreAsync(host, snapshot, target => target with { Prune = prune, SecretValues = Values }, takes: step => step.Action != RestoreAction.Cannot);
}
