using System.Text.Json.Nodes;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class DynamoDbTests
{
    private readonly TestWorld _world = new();

    [Fact]
    public async Task Only_a_table_that_has_been_on_demand_has_a_BillingModeSummary()
    {
        await CreateAsync("orders", ""","ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}""");
        await _world.DynamoAsync("UpdateTable", """{"TableName":"orders","BillingMode":"PROVISIONED","ProvisionedThroughput":{"ReadCapacityUnits":6,"WriteCapacityUnits":6}}""");
        Assert.Null((await DescribeAsync("orders"))["BillingModeSummary"]);

        await _world.DynamoAsync("UpdateTable", """{"TableName":"orders","BillingMode":"PAY_PER_REQUEST"}""");
        var onDemand = await DescribeAsync("orders");
        Assert.Equal("PAY_PER_REQUEST", onDemand["BillingModeSummary"]!["BillingMode"]!.GetValue<string>());
        Assert.Equal(0, onDemand["ProvisionedThroughput"]!["ReadCapacityUnits"]!.GetValue<int>());

        await _world.DynamoAsync("UpdateTable", """{"TableName":"orders","BillingMode":"PROVISIONED","ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}}""");
        Assert.Equal("PROVISIONED", (await DescribeAsync("orders"))["BillingModeSummary"]!["BillingMode"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(""","BillingMode":"PAY_PER_REQUEST","ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}""")]
    [InlineData("")]
    [InlineData(""","ProvisionedThroughput":{"ReadCapacityUnits":0,"WriteCapacityUnits":1}""")]
    [InlineData(""","BillingMode":"PAY_PER_REQUEST","GlobalSecondaryIndexes":[{"IndexName":"idx","KeySchema":[{"AttributeName":"none","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]""")]
    public async Task A_table_that_contradicts_itself_is_refused(string settings) =>
        await TestWorld.RefusalAsync(() => CreateAsync("orders", settings), "ValidationException");

    [Fact]
    public async Task Attributes_that_no_key_uses_must_not_be_defined() =>
        await TestWorld.RefusalAsync(() => _world.DynamoAsync("CreateTable", """{"TableName":"orders","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"},{"AttributeName":"b","AttributeType":"S"}],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]}"""), "ValidationException");

    [Fact]
    public async Task A_refused_update_leaves_the_table_as_it_was()
    {
        await CreateAsync("orders");
        await TestWorld.RefusalAsync(() => _world.DynamoAsync("UpdateTable", """{"TableName":"orders","DeletionProtectionEnabled":true,"GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"idx","KeySchema":[{"AttributeName":"none","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}}]}"""), "ValidationException");

        var table = await DescribeAsync("orders");
        Assert.False(table["DeletionProtectionEnabled"]!.GetValue<bool>());
        Assert.Null(table["GlobalSecondaryIndexes"]);
    }

    [Fact]
    public async Task Segments_and_pages_of_a_scan_together_hold_every_item_once()
    {
        await CreateAsync("orders");
        for (var i = 0; i < 40; i++) await PutAsync($"p{i}", $"{i}");
        var seen = new List<string>();
        for (var segment = 0; segment < 3; segment++)
        {
            JsonNode? start = null;
            do
            {
                var page = await _world.DynamoAsync("Scan", $$"""{"TableName":"orders","Limit":4,"Segment":{{segment}},"TotalSegments":3{{(start is null ? "" : ",\"ExclusiveStartKey\":" + start.ToJsonString())}}}""");
                seen.AddRange(page["Items"]!.AsArray().Select(item => item!["pk"]!["S"]!.GetValue<string>()));
                start = page["LastEvaluatedKey"];
            } while (start is not null);
        }

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"p{i}").Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_scan_stops_at_a_megabyte()
    {
        await CreateAsync("orders");
        for (var i = 0; i < 5; i++) await _world.DynamoAsync("PutItem", $$$$"""{"TableName":"orders","Item":{"pk":{"S":"p"},"sk":{"N":"{{{{i}}}}"},"text":{"S":"{{{{new string('x', 300_000)}}}}"}}}""");

        var page = await _world.DynamoAsync("Scan", """{"TableName":"orders"}""");

        Assert.Equal(4, page["Count"]!.GetValue<int>());
        Assert.Equal("""{"pk":{"S":"p"},"sk":{"N":"3"}}""", page["LastEvaluatedKey"]!.ToJsonString());
    }

    [Fact]
    public async Task Numbers_sort_by_value_and_equal_numbers_are_one_key()
    {
        string[] numbers = ["-1e3", "-10", "-9.5", "-0.001", "0", "1e-5", "0.5", "2", "10", "123456789012345678901234567890"];
        await CreateAsync("orders");
        foreach (var number in numbers.Reverse()) await PutAsync("p", number);
        await PutAsync("p", "2.00");
        await PutAsync("p", "-0");

        var page = await _world.DynamoAsync("Query", """{"TableName":"orders","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"p"}}}""");

        Assert.Equal(["-1e3", "-10", "-9.5", "-0.001", "-0", "1e-5", "0.5", "2.00", "10", "123456789012345678901234567890"],
            page["Items"]!.AsArray().Select(item => item!["sk"]!["N"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_batch_can_come_back_partly_unprocessed()
    {
        await CreateAsync("orders");

        var answer = await _world.HalvedDynamoAsync("BatchWriteItem", $$$$"""{"RequestItems":{"orders":[{{{{string.Join(',', Enumerable.Range(0, 5).Select(i => PutRequest(i)))}}}}]}}""");

        Assert.Equal(3, answer["UnprocessedItems"]!["orders"]!.AsArray().Count);
        Assert.Equal(2, (await DescribeAsync("orders"))["ItemCount"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"S":"a","N":"1"}""")]
    [InlineData("{}")]
    [InlineData("""{"N":"one"}""")]
    [InlineData("""{"SS":[]}""")]
    [InlineData("""{"NS":["1","1.0"]}""")]
    [InlineData("""{"M":{"x":{"NULL":false}}}""")]
    public async Task A_value_that_is_none_is_refused(string value)
    {
        await CreateAsync("orders");
        await TestWorld.RefusalAsync(() => _world.DynamoAsync("PutItem", $$$$"""{"TableName":"orders","Item":{"pk":{"S":"p"},"sk":{"N":"1"},"v":{{{{value}}}}}}"""), "ValidationException");
    }

    private Task<JsonObject> CreateAsync(string name, string settings = ""","BillingMode":"PAY_PER_REQUEST" """) =>
        _world.DynamoAsync("CreateTable", $$$"""{"TableName":"{{{name}}}","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]{{{settings}}}}""");

    private async Task<JsonNode> DescribeAsync(string name) => (await _world.DynamoAsync("DescribeTable", $$"""{"TableName":"{{name}}"}"""))["Table"]!;

    private static string PutRequest(int i) => $"{{\"PutRequest\":{{\"Item\":{{\"pk\":{{\"S\":\"p{i}\"}},\"sk\":{{\"N\":\"1\"}}}}}}}}";

    private Task<JsonObject> PutAsync(string partition, string number) =>
        _world.DynamoAsync("PutItem", $$$$"""{"TableName":"orders","Item":{"pk":{"S":"{{{{partition}}}}"},"sk":{"N":"{{{{number}}}}"}}}""");
}
