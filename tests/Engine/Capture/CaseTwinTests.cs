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

    [Theory]
    [InlineData("Orders", "orders", "ORDERS")]
    [InlineData("ORDERS", "orders", "Orders")]
    public async Task Each_has_a_folder_of_its_own_that_no_file_system_takes_for_anothers(params string[] names)
    {
        await using var sandbox = await RunningSandbox.StartAsync(new() { Budgets = false });
        foreach (var name in names) await CreateTableAsync(sandbox.Host, name);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox.Host));
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["dynamodb"] }).RunAsync(problem => Assert.Fail($"{problem}"), Cancel);

        var folders = await SnapshotReader.ReadManifestAsync(snapshot.Path)
            .Where(entry => entry.Path.EndsWith("/table.json", StringComparison.Ordinal)).ToDictionaryAsync(entry => entry.Resource.Split('/')[^1], entry => entry.Path.Split('/')[3], cancellationToken: Cancel);
        Assert.Equal("orders", folders["orders"]);
        Assert.Matches(@"\AOrders%~[0-9a-f]{8}\z", folders["Orders"]);
        Assert.Matches(@"\AORDERS%~[0-9a-f]{8}\z", folders["ORDERS"]);
        Assert.Equal(3, folders.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static async Task CreateTableAsync(SandboxHost host, string name) => await new InProcessCaller(host.World).CallAsync(
        "dynamodb", "us-east-1", "POST", "/", [],
        [new("Content-Type", "application/x-amz-json-1.0"), new("X-Amz-Target", "DynamoDB_20120810.CreateTable")],
        Encoding.UTF8.GetBytes($$"""{"TableName":"{{name}}","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}"""), Cancel);
}
