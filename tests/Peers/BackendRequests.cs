using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Has the engine make, change and delete what IAM, Lambda, DynamoDB and S3 have. What others change is changed without a request.</summary>
internal sealed class BackendRequests(Action<ISandboxService, SandboxRequest, SandboxResponse> note) : IDisposable
{
    private readonly EngineRestores _engine = new(note, "dynamodb", "iam", "lambda", "s3");

    public async Task AskAsync()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty, Region = FunctionWorld.Region, LockedBuckets = ["offsite"], OnAnswer = note });
        var nothing = await _engine.SnapshotAsync(host, "nothing");
        await RoleWorld.MakeAsync(host);
        await FunctionWorld.MakeAsync(host);
        await TableWorld.MakeAsync(host);
        await BucketWorld.MakeAsync(host);
        var snapshot = await _engine.SnapshotAsync(host, "v1");

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
        var bare = await _engine.SnapshotAsync(host, "bare");
        await RestoreAsync(host, snapshot);
        await RestoreAsync(host, bare);

        await TableWorld.DynamoAsync(host, "UpdateTable", """{"TableName":"shows","DeletionProtectionEnabled":false}""");
        await RestoreAsync(host, nothing, prune: true);
        await RestoreAsync(host, snapshot);
        await ImportAsync(host, snapshot);
        await CopyAsync(host, snapshot);
    }

    public void Dispose() => _engine.Dispose();

    /// <summary>Has a table exported, and made again from there.</summary>
    private async Task ImportAsync(SandboxHost host, Snapshot snapshot)
    {
        using var connection = EngineRestores.Connect(host);
        await TableWorld.DynamoAsync(host, "PutItem", """{"TableName":"shows","Item":{"Id":{"S":"1"},"At":{"N":"1"}}}""");
        var export = await new TableExporter(connection)
            .ExportAsync(new() { Bucket = "offsite", Prefix = "tables" }, table => ValueTask.FromResult(table.Name == "shows"), problem => Assert.Fail($"{problem}"), CancellationToken.None).SingleAsync();
        var source = await TableExportSource.ReadAsync(connection, export.S3Uri!, CancellationToken.None);
        await TableWorld.DynamoAsync(host, "UpdateTable", """{"TableName":"shows","DeletionProtectionEnabled":false}""");
        await TableWorld.DynamoAsync(host, "DeleteTable", """{"TableName":"shows"}""");
        // The second time the import is found that made it.
        for (var time = 0; time < 2; time++) await _engine.RestoreAsync(host, snapshot, target => target with { FromExport = source, SecretValues = FunctionWorld.Values });
    }

    /// <summary>Copies a snapshot, locked, and locks the copy for longer.</summary>
    private static async Task CopyAsync(SandboxHost host, Snapshot snapshot)
    {
        using var connection = EngineRestores.Connect(host);
        foreach (var (days, hold) in ((int, bool)[])[(1, false), (2, true)])
        {
            SnapshotCopyOrder order = new() { Snapshot = snapshot, Destination = "s3://offsite/copies", Lock = new(DateTimeOffset.UtcNow.AddDays(days), RetentionMode.Governance, hold) };
            Assert.Equal(SnapshotStatus.Complete, (await new SnapshotCopy(connection, order).RunAsync(problem => Assert.Fail($"{problem}"), CancellationToken.None)).Status);
        }
    }

    private Task RestoreAsync(SandboxHost host, Snapshot snapshot, bool prune = false) =>
        _engine.RestoreAsync(host, snapshot, target => target with { Prune = prune, SecretValues = FunctionWorld.Values });
}
