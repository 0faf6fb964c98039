using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Compare;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Estate.Tables;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>The requests that are derived from descriptions of tables, at a DynamoDB that is not ours.</summary>
public sealed class TableTests(SandboxFixture estate)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Moto_makes_of_each_derived_request_a_table_of_the_same_shape_and_takes_its_items()
    {
        await using var moto = await MotoServer.StartAsync(Cancel);
        using var store = new TemporaryStore();
        using var here = AwsConnection.Open(new() { EndpointUrl = estate.Sandbox.Endpoint, AccessKey = estate.Sandbox.AccessKey, SecretKey = estate.Sandbox.SecretKey, Region = "us-west-2", UseBudgets = false });
        using var there = AwsConnection.Open(new() { EndpointUrl = moto.Endpoint, AccessKey = "moto", SecretKey = "moto-secret", Region = "us-west-2", UseBudgets = false });
        var snapshot = await new CaptureRun(here, new() { Store = store.Path, Name = "v1.0", Layers = ["dynamodb"], IncludeData = true }).RunAsync(problem => Assert.Fail($"{problem}"), Cancel);
        var side = await snapshot.ReadAsync(Cancel);
        using var context = new LayerContext(there, new() { ThrottleLimit = 2 }, problem => Assert.Fail($"{problem}"));
        foreach (var plan in TableCatalogue.All)
        {
            var folder = Path.Combine(snapshot.Path, "aws-configs/dynamodb", plan.Region, plan.Name);
            var dynamo = there.Wire(DynamoDbService.Service, plan.Region);
            await dynamo.SendAsync(new() { Operation = "CreateTable", Body = await File.ReadAllBytesAsync(Path.Combine(folder, "create-table.json"), Cancel) }, Cancel);

            var made = (await dynamo.SendAsync(JsonRequest.Of("DescribeTable", ("TableName", plan.Name)), Cancel)).Json().Member("Table");
            var known = JsonElement.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "table.json"), Cancel)).Member("Table");
            Assert.Equal(Shape(known), Shape(made));
            var tags = (await dynamo.SendAsync(JsonRequest.Of("ListTagsOfResource", ("ResourceArn", made.Text("TableArn"))), Cancel)).Json().Items("Tags");
            Assert.Equal(["holds", "owner"], tags.Select(tag => tag.Text("Key")).Order(StringComparer.Ordinal));

            Resource table = new() { Layer = "dynamodb", Kind = "table", Region = plan.Region, Id = plan.Name, Name = plan.Name };
            Assert.Equal(plan.Items, await new TableRestore(context, new() { Side = side, Table = table }).RunAsync(Cancel));
            Assert.Equal(await ItemsAsync(here.Wire(DynamoDbService.Service, plan.Region), plan.Name), await ItemsAsync(dynamo, plan.Name));
        }
    }

    private static async Task<IEnumerable<string>> ItemsAsync(WireClient dynamo, string table) =>
        (await dynamo.SendAsync(JsonRequest.Of("Scan", ("TableName", table)), Cancel)).Json().Items("Items").Select(Ordered).Order(StringComparer.Ordinal);

    private static string Ordered(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? $"{{{string.Join(',', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}:{Ordered(member.Value)}"))}}}"
        : value.ValueKind == JsonValueKind.Array ? $"[{string.Join(',', value.EnumerateArray().Select(Ordered))}]" : $"{value}";

    /// <summary>What both of them say of a table, in words that do not depend on the order of members.</summary>
    private static IEnumerable<string> Shape(JsonElement table) =>
    [
        $"keys {Keys(table)}",
        .. table.Items("AttributeDefinitions").Select(each => $"attribute {each.Text("AttributeName")} {each.Text("AttributeType")}").Order(StringComparer.Ordinal),
        .. table.Items("GlobalSecondaryIndexes").Select(index => $"global {Index(index)} {Units(index)}").Order(StringComparer.Ordinal),
        .. table.Items("LocalSecondaryIndexes").Select(index => $"local {Index(index)}").Order(StringComparer.Ordinal),
        $"billing {CreateTableRequest.BillingMode(table)} {Units(table)}",
        $"stream {table.Member("StreamSpecification").Text("StreamViewType")}",
        $"encryption {table.Member("SSEDescription").Text("SSEType")}",
        $"protected {table.Flag("DeletionProtectionEnabled")}",
    ];

    private static string Index(JsonElement index) =>
        $"{index.Text("IndexName")} {Keys(index)} {index.Member("Projection").Text("ProjectionType")} {string.Join(',', index.Member("Projection").Items("NonKeyAttributes"))}";

    private static string Keys(JsonElement tableOrIndex) => string.Join(", ", tableOrIndex.Items("KeySchema").Select(key => $"{key.Text("AttributeName")} {key.Text("KeyType")}"));

    private static string Units(JsonElement tableOrIndex) =>
        $"{tableOrIndex.Member("ProvisionedThroughput").Number("ReadCapacityUnits") ?? 0}/{tableOrIndex.Member("ProvisionedThroughput").Number("WriteCapacityUnits") ?? 0}";
}
