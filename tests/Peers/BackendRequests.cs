using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Has the engine make, change and delete what IAM, Lambda, DynamoDB and S3 have. What others change is changed without a request.</summary>
internal sealed class BackendRequests(Action<ISandboxService, SandboxRequest, SandboxResponse> note) : IDisposable
{
    private readonly TemporaryStore _store = new();

    public async Task AskAsync()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty, Region = FunctionWorld.Region, OnAnswer = note });
        var nothing = await SnapshotAsync(host, "nothing");
        await RoleWorld.MakeAsync(host);
        await FunctionWorld.MakeAsync(host);
        await TableWorld.MakeAsync(host);
        await BucketWorld.MakeAsync(host);
        var snapshot = await SnapshotAsync(host, "v1");

        await RoleWorld.ChangeAsync(host);
        await BucketWorld.ChangeAsync(host);
        // Of each document one change at a time.
        ManualChange[] changes = [.. await FunctionWorld.ChangesAsync(host), .. TableWorld.Changes(host)];
        foreach (var round in changes.GroupBy(change => change.Document).SelectMany(document => document.Index()).GroupBy(change => change.Index, change => change.Item))
        {
            foreach (var change in round) await change.MakeAsync();
            await RestoreAsync(host, snapshot);
        }
        await FunctionWorld.AddAsync(host);
        await BucketWorld.AddAsync(host);
        await RestoreAsync(host, snapshot, prune: true);

        // What was taken away before a snapshot is taken away again where it came back.
        foreach (var change in await FunctionWorld.ChangesAsync(host))
            if (change.Call.StartsWith("DELETE", StringComparison.Ordinal)) await change.MakeAsync();
        await FunctionWorld.LambdaAsync(host, "DELETE", "/2019-09-30/functions/reader/provisioned-concurrency?Qualifier=live");
        var bare = await SnapshotAsync(host, "bare");
        await RestoreAsync(host, snapshot);
        await RestoreAsync(host, bare);

        await TableWorld.DynamoAsync(host, "UpdateTable", """{"TableName":"shows","DeletionProtectionEnabled":false}""");
        await RestoreAsync(host, nothing, prune: true);
        await FunctionWorld.DeleteMappingsAsync(host);
        await RestoreAsync(host, snapshot);
    }

    public void Dispose() => _store.Dispose();

    private static AwsConnection Connect(SandboxHost host) =>
        AwsConnection.Open(new() { EndpointUrl = host.Endpoint, AccessKey = host.AccessKey, SecretKey = host.SecretKey, Region = host.Region, UseBudgets = false });

    private async Task<Snapshot> SnapshotAsync(SandboxHost host, string name)
    {
        using var connection = Connect(host);
        return await new CaptureRun(connection, new() { Store = _store.Path, Name = name, Layers = ["dynamodb", "iam", "lambda", "s3"] }).RunAsync(problem => Assert.Fail($"{problem}"), CancellationToken.None);
    }

    private static async Task RestoreAsync(SandboxHost host, Snapshot snapshot, bool prune = false)
    {
        using var connection = Connect(host);
        using var run = await RestoreRun.OpenAsync(snapshot, new() { Connection = connection, Endpoint = host.Endpoint, Prune = prune, MaxDelete = 1000, SecretValues = FunctionWorld.Values, Patience = TimeSpan.FromSeconds(5) }, RestoreSelection.All, problem => Assert.Fail($"{problem}"), CancellationToken.None);
        var plan = await run.PlanAsync(problem => Assert.Fail($"{problem}"), CancellationToken.None);
        await foreach (var result in run.ApplyAsync(plan.Select(step => step.Id).ToHashSet(StringComparer.Ordinal), CancellationToken.None))
            Assert.True(result.Status is RestoreStatus.Done or RestoreStatus.Unchanged, $"{result}: {string.Join(" ", result.Notes)}");
    }
}
