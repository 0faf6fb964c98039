using System.Globalization;
using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>
/// Captures the items of a table by a parallel scan, in the form of DynamoDB's own exports to S3
/// (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html"/>): consistent reads,
/// but each item as it was when the scan came by, between the summary's startTime and endTime.
/// </summary>
internal sealed class TableScan(WireClient dynamo, WorkPool places, string table, JsonElement description, ISnapshotSink sink, string folder)
{
    private const long BytesPerSegment = 64 << 20;
    private const int MostSegments = 32;

    // Capacity that was bought for a table is its users': one reader at a time leaves them some.
    private readonly int _segments = CreateTableRequest.BillingMode(description) == "PROVISIONED"
        ? 1
        : (int)Math.Clamp((description.Number("TableSizeBytes") ?? 0) / BytesPerSegment + 1, 1, MostSegments);

    /// <summary>Captures all items, or none: a manifest is there only where every segment is.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var started = DateTimeOffset.UtcNow;
        var files = new ItemFile[_segments];
        try
        {
            var scans = places.NewGroup();
            for (var segment = 0; segment < _segments; segment++)
            {
                var number = segment;
                await scans.AddAsync(token => ScanAsync(number, files[number] = new(sink.Create(folder + TableDocuments.Items(number))), token), cancel);
            }
            await scans.CompleteAsync();
            foreach (var file in files) await file.CommitAsync(cancel);
            var manifest = string.Concat(files.Select((file, segment) => Line(segment, file)));
            await WriteAsync(TableDocuments.ItemFiles, Encoding.UTF8.GetBytes(manifest), cancel);
            await WriteAsync(TableDocuments.ItemSummary, Summary(files.Sum(file => file.ItemCount), started), cancel);
        }
        catch (ServiceException exception)
        {
            sink.Report(exception.Operation, exception);
        }
        finally
        {
            foreach (var file in files) file?.Dispose();
        }
    }

    private async Task ScanAsync(int segment, ItemFile file, CancellationToken cancel)
    {
        JsonElement next = default;
        do
        {
            var page = (await dynamo.SendPatientlyAsync(Request(segment, next), cancel)).Json();
            foreach (var item in page.Items("Items")) file.Add(item);
            next = page.Member("LastEvaluatedKey");
        }
        while (next.ValueKind == JsonValueKind.Object);
    }

    private WireRequest Request(int segment, JsonElement start) => JsonRequest.Of("Scan", json =>
    {
        json.WriteString("TableName", table);
        json.WriteBoolean("ConsistentRead", true);
        json.WriteNumber("Segment", segment);
        json.WriteNumber("TotalSegments", _segments);
        json.WriteVerbatim("ExclusiveStartKey", start);
    });

    private static string Line(int segment, ItemFile file) => Encoding.UTF8.GetString(JsonText.Object(json =>
    {
        json.WriteNumber("itemCount", file.ItemCount);
        json.WriteString("md5Checksum", Convert.ToBase64String(file.Md5));
        json.WriteString("etag", Convert.ToHexStringLower(file.Md5));
        json.WriteString("dataFileS3Key", TableDocuments.Items(segment));
    })) + "\n";

    private byte[] Summary(long itemCount, DateTimeOffset started) => JsonText.Object(json =>
    {
        json.WriteString("version", "2020-06-30");
        json.WriteString("startTime", Time(started));
        json.WriteString("endTime", Time(DateTimeOffset.UtcNow));
        json.WriteVerbatim("tableArn", description.Member("TableArn"));
        json.WriteVerbatim("tableId", description.Member("TableId"));
        json.WriteString("manifestFilesS3Key", TableDocuments.ItemFiles + ".json");
        json.WriteNumber("itemCount", itemCount);
        json.WriteString("outputFormat", "DYNAMODB_JSON");
        json.WriteString("exportType", "FULL_EXPORT");
    });

    private async Task WriteAsync(string name, byte[] document, CancellationToken cancel)
    {
        await sink.WriteAsync($"{folder}{name}.json", document, cancel);
        await sink.WriteAsync($"{folder}{name}.md5", Encoding.ASCII.GetBytes(Convert.ToBase64String(ItemFile.Md5Of(document))), cancel);
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
