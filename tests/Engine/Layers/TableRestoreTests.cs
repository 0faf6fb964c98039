using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Compare;
using JadaSnapshot.Engine.Tests.Wire;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class TableRestoreTests : IDisposable
{
    private const string Region = "us-west-2";

    private static readonly Resource Table = new() { Layer = "dynamodb", Kind = "table", Region = Region, Id = "all", Name = "all" };

    // One of each type, and what a reader might be tempted to write in another way.
    private static readonly string[] Items =
    [
        """{"id":{"S":"scalars"},"s":{"S":"\u00e4\"\\\n</é😀"},"e":{"S":""},"n":{"N":"-123456789012345678901234567890.12345678"},"b":{"B":"AAEC/w=="},"t":{"BOOL":true},"f":{"BOOL":false},"z":{"NULL":true}}""",
        """{"id":{"S":"sets"},"ss":{"SS":["b","a"]},"ns":{"NS":["1","2.5","-3"]},"bs":{"BS":["AA==","/w=="]}}""",
        """{"id":{"S":"nested"},"m":{"M":{"":{"S":"x"},"l":{"L":[{"N":"1"},{"L":[]},{"M":{}},{"M":{"deep":{"NULL":true}}}]}}}}""",
    ];

    private readonly TemporaryStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Every_item_of_every_type_is_there_again_as_it_was_and_to_do_it_twice_changes_nothing()
    {
        await using var host = await StartAsync();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        var dynamo = connection.Wire(DynamoDbService.Service, Region);
        string[] many = [.. Items, .. Enumerable.Range(0, 130).Select(number => $$$"""{"id":{"S":"{{{number}}}"},"text":{"S":"{{{new string('x', number == 7 ? 390_000 : number)}}}"}}""")];
        foreach (var item in many) await SendAsync(dynamo, "PutItem", $$"""{"TableName":"all","Item":{{item}}}""");
        var snapshot = await CaptureAsync(connection);
        var before = await ScanAsync(dynamo, "all");

        await CreateAsync(dynamo, "copy");
        await SendAsync(dynamo, "PutItem", """{"TableName":"copy","Item":{"id":{"S":"sets"},"old":{"S":"is written over"}}}""");
        await SendAsync(dynamo, "PutItem", """{"TableName":"copy","Item":{"id":{"S":"others"}}}""");
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(133, await RestoreAsync(connection, snapshot, "copy"));
            Assert.Equal([.. before.Append("""{"id":{"S":"others"}}""").Order(StringComparer.Ordinal)], await ScanAsync(dynamo, "copy"));
        }
        Assert.Equal(133, before.Count);
        Assert.Equal(2 * 6, host.Requests.Count("dynamodb", "BatchWriteItem"));
    }

    [Theory]
    [InlineData("kind=throttle")]
    [InlineData("kind=error,status=400,code=ProvisionedThroughputExceededException")]
    [InlineData("kind=error,status=500,code=InternalServerError")]
    [InlineData("kind=reset")]
    public async Task What_passes_is_outlasted(string fault)
    {
        await using var host = await StartAsync();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        var dynamo = connection.Wire(DynamoDbService.Service, Region);
        foreach (var item in Items) await SendAsync(dynamo, "PutItem", $$"""{"TableName":"all","Item":{{item}}}""");
        var snapshot = await CaptureAsync(connection);
        await CreateAsync(dynamo, "copy");
        host.Faults.Add(Fault.Parse($"{fault},operation=BatchWriteItem,times=1"));
        Assert.Equal(3, await RestoreAsync(connection, snapshot, "copy"));
        Assert.Equal(await ScanAsync(dynamo, "all"), await ScanAsync(dynamo, "copy"));
    }

    [Fact]
    public async Task Nothing_is_written_of_items_that_are_not_what_was_captured_or_were_not_captured_at_all()
    {
        await using var host = await StartAsync();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        var dynamo = connection.Wire(DynamoDbService.Service, Region);
        await SendAsync(dynamo, "PutItem", $$"""{"TableName":"all","Item":{{Items[0]}}}""");
        var without = await CaptureAsync(connection, "without", includeData: false);
        Assert.Equal(StoreFault.IncompleteSource, (await Assert.ThrowsAsync<StoreException>(() => RestoreAsync(connection, without, "all"))).Fault);

        var rotted = await CaptureAsync(connection);
        var file = Path.Combine(rotted.Path, "aws-configs/dynamodb", Region, "all/data/0000.json.gz");
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        // A byte of the header that nobody reads: only the digest tells.
        bytes[4] ^= 1;
        File.Delete(file);
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        Assert.Equal(StoreFault.Damaged, (await Assert.ThrowsAsync<StoreException>(() => RestoreAsync(connection, rotted, "all"))).Fault);
        Assert.Equal(0, host.Requests.Count("dynamodb", "BatchWriteItem"));
    }

    [Fact]
    public async Task A_table_that_refuses_an_item_says_so()
    {
        await using var host = await StartAsync();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        var dynamo = connection.Wire(DynamoDbService.Service, Region);
        await SendAsync(dynamo, "PutItem", $$"""{"TableName":"all","Item":{{Items[0]}}}""");
        var snapshot = await CaptureAsync(connection);
        var refusal = await Assert.ThrowsAsync<ServiceException>(() => RestoreAsync(connection, snapshot, "nowhere"));
        Assert.Equal(("ResourceNotFoundException", "BatchWriteItem"), (refusal.Code, refusal.Operation));
    }

    [Fact]
    public async Task What_a_table_hands_back_is_sent_again_and_nothing_else()
    {
        Snapshot snapshot;
        await using (var host = await StartAsync())
        {
            using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
            foreach (var item in Items) await SendAsync(connection.Wire(DynamoDbService.Service, Region), "PutItem", $$"""{"TableName":"all","Item":{{item}}}""");
            snapshot = await CaptureAsync(connection);
        }
        // The last of each batch comes back, until there is only one.
        await using var service = await LoopbackService.StartAsync((_, request) =>
        {
            var asked = JsonElement.Parse(request.Body).Member("RequestItems").Items("copy").Select(each => each.GetRawText()).ToList();
            return Reply.Ok(asked.Count == 1 ? """{"UnprocessedItems":{}}""" : $$$"""{"UnprocessedItems":{"copy":[{{{asked[^1]}}}]}}""");
        });
        using var there = AwsConnection.Open(new() { EndpointUrl = service.Url, AccessKey = "a", SecretKey = "b", Region = Region, UseBudgets = false });
        Assert.Equal(3, await RestoreAsync(there, snapshot, "copy"));
        string[][] sent = [.. service.Requests.Select(request => JsonElement.Parse(request.Body).Member("RequestItems").Items("copy").Select(each => each.Member("PutRequest").Member("Item").GetRawText()).ToArray())];
        Assert.Equal([3, 1], sent.Select(batch => batch.Length));
        Assert.Equal(sent[0][^1], sent[1][0]);
    }

    private static async Task<SandboxHost> StartAsync()
    {
        var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty }, Cancel);
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        await CreateAsync(connection.Wire(DynamoDbService.Service, Region), "all");
        return host;
    }

    private static Task<WireResponse> CreateAsync(WireClient dynamo, string table) => SendAsync(dynamo, "CreateTable",
        $$"""{"TableName":"{{table}}","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}""");

    private static Task<WireResponse> SendAsync(WireClient dynamo, string operation, string body) => dynamo.SendAsync(new() { Operation = operation, Body = Encoding.UTF8.GetBytes(body) }, Cancel);

    private async Task<Snapshot> CaptureAsync(AwsConnection connection, string name = "v1.0", bool includeData = true) =>
        await new CaptureRun(connection, new() { Store = _store.Path, Name = name, Layers = ["dynamodb"], IncludeData = includeData }).RunAsync(problem => Assert.Fail($"{problem}"), Cancel);

    private static async Task<long> RestoreAsync(AwsConnection connection, Snapshot snapshot, string table)
    {
        using var context = new LayerContext(connection, new(), problem => Assert.Fail($"{problem}"));
        return await new TableRestore(context, new() { Side = await snapshot.ReadAsync(Cancel), Table = Table, TableName = table }).RunAsync(Cancel);
    }

    private static async Task<List<string>> ScanAsync(WireClient dynamo, string table)
    {
        List<string> items = [];
        JsonElement next = default;
        do
        {
            var page = (await dynamo.SendAsync(JsonRequest.Of("Scan", json =>
            {
                json.WriteString("TableName", table);
                json.WriteVerbatim("ExclusiveStartKey", next);
            }), Cancel)).Json();
            items.AddRange(page.Items("Items").Select(item => item.GetRawText()));
            next = page.Member("LastEvaluatedKey");
        }
        while (next.ValueKind == JsonValueKind.Object);
        return [.. items.Order(StringComparer.Ordinal)];
    }
}
