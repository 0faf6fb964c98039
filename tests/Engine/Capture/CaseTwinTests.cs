using System.Collections.Concurrent;
using System.Text;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

/// <summary>Resources whose names differ in case alone.</summary>
public sealed class CaseTwinTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_of_two_is_a_problem_and_never_replaces_the_first()
    {
        await using var sandbox = await RunningSandbox.StartAsync(new() { Budgets = false });
        foreach (var name in (string[])["Orders", "orders", "Bookings"]) await CreateTableAsync(sandbox.Host, name);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox.Host));
        var problems = new ConcurrentQueue<Problem>();
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["dynamodb"] }).RunAsync(problems.Enqueue, Cancel);

        Assert.Equal(SnapshotStatus.Incomplete, snapshot.Status);
        Assert.All(problems, problem => Assert.Equal("NameClash", problem.ErrorCode));
        Assert.NotEmpty(problems);
        var paths = await SnapshotReader.ReadManifestAsync(snapshot.Path).Select(entry => entry.Path).ToListAsync(Cancel);
        Assert.Equal(paths.Count, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("aws-configs/dynamodb/us-east-1/Bookings/table.json", paths);
        Assert.Equal(VerificationResult.Incomplete, (await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Result);
    }

    private static async Task CreateTableAsync(SandboxHost host, string name) => await new InProcessCaller(host.World).CallAsync(
        "dynamodb", "us-east-1", "POST", "/", [],
        [new("Content-Type", "application/x-amz-json-1.0"), new("X-Amz-Target", "DynamoDB_20120810.CreateTable")],
        Encoding.UTF8.GetBytes($$"""{"TableName":"{{name}}","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}"""), Cancel);
}
