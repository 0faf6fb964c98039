using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Estate.Tables;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class TableItemTests
{
    private const string Large = "jada-tickets";
    private const string LargeFolder = "aws-configs/dynamodb/us-west-2/jada-tickets/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_being_asked_for_no_items_are_captured()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb");

        Assert.DoesNotContain(estate.FilesIn("aws-configs/dynamodb"), path => path.Contains("/data/", StringComparison.Ordinal) || path.Contains("manifest", StringComparison.Ordinal));
        Assert.Equal(0, estate.Host.Requests.Count("dynamodb", "Scan"));
        Assert.Empty(estate.Snapshot.Includes);
    }

    [Fact]
    public async Task On_request_every_item_of_every_table_is_there_as_the_service_sent_it()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb", order => order with { IncludeData = true });

        Assert.Empty(estate.Problems);
        Assert.Equal(["tableItems"], estate.Snapshot.Includes);
        foreach (var plan in TableCatalogue.All)
        {
            var folder = $"aws-configs/dynamodb/{plan.Region}/{plan.Name}/";
            var sent = (await estate.Connection.Wire(DynamoDbService.Service, plan.Region).SendAsync(JsonRequest.Of("Scan", ("TableName", plan.Name)), Cancel)).Json().Items("Items").Select(item => $$"""{"Item":{{item.GetRawText()}}}""");
            Assert.Equal(sent, Lines(estate, folder));
            AssertManifests(estate, folder, plan.Items);
        }
        Assert.Equal(VerificationResult.Whole, (await SnapshotVerifier.VerifyAsync(estate.Snapshot.Path, null, Cancel)).Result);
    }

    [Fact]
    public async Task Items_of_an_unchanged_table_are_the_same_bytes_in_every_snapshot()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb", order => order with { IncludeData = true });
        var first = estate.Read(LargeFolder + "data/0000.json.gz");
        await estate.CaptureAsync("v1.1", "dynamodb", order => order with { IncludeData = true });

        Assert.Equal(first, estate.Read(LargeFolder + "data/0000.json.gz"));
    }

    [Fact]
    public async Task A_snapshot_that_was_begun_with_items_is_not_continued_without_them()
    {
        using var store = new TemporaryStore();
        var order = new SnapshotOrder { Store = store.Path, Name = "v1.0", Account = "1", ToolVersion = "1", Includes = ["tableItems"] };
        await using (await SnapshotWriter.OpenAsync(order, Cancel)) { }

        var refusal = await Assert.ThrowsAsync<StoreException>(() => SnapshotWriter.OpenAsync(order with { Includes = [] }, Cancel));
        Assert.Contains("what is included then tableItems", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_table_is_scanned_in_segments_and_pages_and_no_item_is_lost_or_doubled()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb");
        var dynamo = estate.Connection.Wire(DynamoDbService.Service, "us-west-2");
        for (var number = 0; number < 40; number++)
            await dynamo.SendAsync(new() { Operation = "PutItem", Body = Item($"large-{number}", new('x', 300_000)) }, Cancel);
        var before = estate.Host.Requests.Count("dynamodb", "Scan");
        using var sink = new MemorySink();
        using var places = new WorkPool(3);

        await new TableScan(dynamo, places, Large, Description(sizeBytes: 300L << 20), sink, "t/").RunAsync(Cancel);

        var files = sink.Files.Where(file => file.Key.StartsWith("t/data/", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, files.Count);
        Assert.True(estate.Host.Requests.Count("dynamodb", "Scan") - before > 10);
        var keys = files.SelectMany(file => Unzipped(file.Value)).Select(line => (string)JsonNode.Parse(line)!["Item"]!["TicketId"]!["S"]!).ToList();
        Assert.Equal(65, keys.Count);
        Assert.Equal(65, keys.Distinct().Count());
        Assert.Equal(65, (long)JsonNode.Parse(sink.Files["t/manifest-summary.json"])!["itemCount"]!);
    }

    [Fact]
    public async Task A_table_of_bought_capacity_is_read_by_one_reader_at_a_time()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb");
        using var sink = new MemorySink();
        using var places = new WorkPool(3);
        var description = JsonElement.Parse("""{"TableSizeBytes":99999999999,"ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}}""");

        await new TableScan(estate.Connection.Wire(DynamoDbService.Service, "us-west-2"), places, "jada-boats", description, sink, "t/").RunAsync(Cancel);

        Assert.Single(sink.Files.Keys, path => path.StartsWith("t/data/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scan_waits_for_a_table_whose_capacity_is_spent()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb", order => order with { IncludeData = true },
            "service=dynamodb,operation=Scan,times=12,kind=error,status=400,code=ProvisionedThroughputExceededException,message=The level of configured provisioned throughput for the table was exceeded");

        Assert.Empty(estate.Problems);
        Assert.Equal(TableCatalogue.All.Sum(plan => plan.Items), TableCatalogue.All.Sum(plan => Lines(estate, $"aws-configs/dynamodb/{plan.Region}/{plan.Name}/").Count));
    }

    [Fact]
    public async Task A_scan_that_is_refused_leaves_a_problem_and_none_of_its_files()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb", order => order with { IncludeData = true },
            "service=dynamodb,operation=Scan,times=1,kind=error,status=400,code=AccessDeniedException,message=no");

        var problem = Assert.Single(estate.Problems);
        Assert.Equal("Scan", problem.Operation);
        Assert.Equal(TableCatalogue.All.Count - 1, estate.FilesIn("aws-configs/dynamodb").Count(path => path.EndsWith("data/0000.json.gz", StringComparison.Ordinal)));
        Assert.Equal(TableCatalogue.All.Count - 1, estate.FilesIn("aws-configs/dynamodb").Count(path => path.EndsWith("manifest-summary.json", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_item_is_one_line_however_the_service_breaks_its_lines()
    {
        using var sink = new MemorySink();
        using var file = new ItemFile(sink.Create("x"));
        file.Add(JsonElement.Parse("{\r\n  \"a\": {\"S\": \"two\\nlines\"}\n}"));
        await file.CommitAsync(Cancel);

        Assert.Equal(["""{"Item":{  "a": {"S": "two\nlines"}}}"""], Unzipped(sink.Files["x"]));
    }

    private static byte[] Item(string id, string text) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["TableName"] = Large,
        ["Item"] = new JsonObject { ["TicketId"] = new JsonObject { ["S"] = id }, ["Text"] = new JsonObject { ["S"] = text } },
    }.ToJsonString());

    private static JsonElement Description(long sizeBytes) =>
        JsonElement.Parse($$$"""{"TableSizeBytes":{{{sizeBytes}}},"BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"}}""");

    private static void AssertManifests(CapturedEstate estate, string folder, int items)
    {
        var file = JsonNode.Parse(Encoding.UTF8.GetString(estate.Read(folder + "manifest-files.json")).TrimEnd('\n'))!;
        Assert.Equal(items, (int)file["itemCount"]!);
#pragma warning disable CA5351
        Assert.Equal(Convert.ToBase64String(MD5.HashData(estate.Read(folder + (string)file["dataFileS3Key"]!))), (string)file["md5Checksum"]!);
        Assert.Equal(Convert.ToBase64String(MD5.HashData(estate.Read(folder + "manifest-files.json"))), Encoding.ASCII.GetString(estate.Read(folder + "manifest-files.md5")));
#pragma warning restore CA5351
        Assert.Equal(items, (int)JsonNode.Parse(estate.Read(folder + "manifest-summary.json"))!["itemCount"]!);
    }

    private static List<string> Lines(CapturedEstate estate, string folder) => Unzipped(estate.Read(folder + "data/0000.json.gz"));

    private static List<string> Unzipped(byte[] file)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(file), CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
