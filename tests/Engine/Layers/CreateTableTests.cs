using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Estate.Tables;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class CreateTableTests
{
    private static readonly string[] IndexLists = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_derived_request_of_each_table_makes_an_equal_table_in_an_empty_account()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb");
        await using var empty = await RunningSandbox.StartAsync(new() { Budgets = false });
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(empty.Host));
        foreach (var plan in TableCatalogue.All)
        {
            var folder = $"aws-configs/dynamodb/{plan.Region}/{plan.Name}/";
            var dynamo = connection.Wire(DynamoDbService.Service, plan.Region);
            await dynamo.SendAsync(new() { Operation = "CreateTable", Body = estate.Read(folder + "create-table.json") }, Cancel);

            Assert.Equal(Lasting(estate.Read(folder + "table.json")), Lasting(await AskAsync(dynamo, "DescribeTable", ("TableName", plan.Name))));
            var arn = ("ResourceArn", $"arn:aws:dynamodb:{plan.Region}:{estate.Snapshot.Account}:table/{plan.Name}");
            Assert.Equal(Encoding.UTF8.GetString(estate.Read(folder + "tags.json")), Encoding.UTF8.GetString(await AskAsync(dynamo, "ListTagsOfResource", arn)));
            if (plan.SharedWith is not null)
                Assert.Equal(JsonElement.Parse(estate.Read(folder + "resource-policy.json")).Text("Policy"), JsonElement.Parse(await AskAsync(dynamo, "GetResourcePolicy", arn)).Text("Policy"));
        }
    }

    [Theory]
    [InlineData("""{"TableName":"t","ProvisionedThroughput":{"ReadCapacityUnits":0,"WriteCapacityUnits":0},"BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"},"OnDemandThroughput":{"MaxReadRequestUnits":7},"WarmThroughput":{"ReadUnitsPerSecond":12000}}""",
        """{"TableName":"t","BillingMode":"PAY_PER_REQUEST","OnDemandThroughput":{"MaxReadRequestUnits":7}}""")]
    [InlineData("""{"TableName":"t","ProvisionedThroughput":{"NumberOfDecreasesToday":3,"ReadCapacityUnits":9,"WriteCapacityUnits":8},"SSEDescription":{"Status":"DISABLED"},"StreamSpecification":{"StreamEnabled":false}}""",
        """{"TableName":"t","BillingMode":"PROVISIONED","ProvisionedThroughput":{"ReadCapacityUnits":9,"WriteCapacityUnits":8}}""")]
    [InlineData("""{"TableName":"t","BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"},"SSEDescription":{"Status":"ENABLED","SSEType":"KMS","KMSMasterKeyArn":"arn:k"},"TableClassSummary":{"TableClass":"STANDARD"},"Replicas":[{"RegionName":"eu-west-1"}]}""",
        """{"TableName":"t","BillingMode":"PAY_PER_REQUEST","SSESpecification":{"Enabled":true,"SSEType":"KMS","KMSMasterKeyId":"arn:k"},"TableClass":"STANDARD"}""")]
    public void A_description_becomes_a_request(string description, string request) =>
        Assert.Equal(request, Encoding.UTF8.GetString(CreateTableRequest.From(JsonElement.Parse(description), [], null)));

    [Fact]
    public void Tags_of_AWS_itself_are_left_out_because_no_request_may_set_them()
    {
        var request = CreateTableRequest.From(JsonElement.Parse("{}"), [JsonElement.Parse("""{"Key":"aws:cloudformation:stack-name","Value":"x"}"""), JsonElement.Parse("""{"Key":"a", "Value":"é"}""")], "{}");

        Assert.Equal("""{"BillingMode":"PROVISIONED","Tags":[{"Key":"a", "Value":"é"}],"ResourcePolicy":"{}"}""", Encoding.UTF8.GetString(request));
    }

    private static async Task<byte[]> AskAsync(WireClient dynamo, string operation, params (string, string?)[] members) =>
        (await dynamo.SendAsync(JsonRequest.Of(operation, members), Cancel)).Body;

    /// <summary>A description without what is of one table alone: times, ids and what it holds.</summary>
    private static string Lasting(byte[] description)
    {
        var table = JsonNode.Parse(description)!["Table"]!.AsObject();
        Strip(table, "CreationDateTime", "TableId", "LatestStreamArn", "LatestStreamLabel", "ItemCount", "TableSizeBytes");
        if (table["BillingModeSummary"] is JsonObject billing) Strip(billing, "LastUpdateToPayPerRequestDateTime");
        foreach (var index in IndexLists.SelectMany(list => table[list]?.AsArray() ?? [])) Strip(index!.AsObject(), "ItemCount", "IndexSizeBytes");
        return new JsonObject(table.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
    }

    private static void Strip(JsonObject from, params string[] members)
    {
        foreach (var member in members) from.Remove(member);
    }
}
