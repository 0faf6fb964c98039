using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>An export of a table to S3: what DescribeExport says of it, and the files that it is made of.</summary>
internal sealed class TableExport(JsonObject description, string id, IReadOnlyList<JsonObject> items)
{
    private const int ItemsPerFile = 20;

    public string Arn => Description.Need("ExportArn");

    public JsonObject Description { get; } = description;

    /// <summary>How often somebody has looked at it.</summary>
    public int Asked { get; set; }

    public int ItemCount => items.Count;

    public string ManifestKey => $"{Folder}manifest-summary.json";

    private string Folder => $"{(Description.Text("S3Prefix") is { Length: > 0 } prefix ? prefix.TrimEnd('/') + "/" : "")}AWSDynamoDB/{id}/";

    /// <summary>The objects of the export (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html"/>), each manifest with its MD5 beside it.</summary>
    public IEnumerable<(string Key, byte[] Body)> Files()
    {
        yield return ($"{Folder}_started", []);
        var manifest = new StringBuilder();
        foreach (var (number, chunk) in items.Chunk(ItemsPerFile).Index())
        {
            var key = $"{Folder}data/{Hosting.SandboxWorld.HashId($"{id}/{number}", 26).ToLowerInvariant()}.json.gz";
            var body = Compressed(string.Concat(chunk.Select(item => JsonAnswer.Text(new JsonObject { ["Item"] = item.DeepClone() }) + "\n")));
            manifest.Append(JsonAnswer.Text(new JsonObject
            {
                ["itemCount"] = chunk.Length,
                ["md5Checksum"] = Md5(body),
                ["etag"] = Convert.ToHexStringLower(Convert.FromBase64String(Md5(body))) + "-1",
                ["dataFileS3Key"] = key,
            })).Append('\n');
            yield return (key, body);
        }
        foreach (var (name, text) in new[] { ("manifest-files", manifest.ToString()), ("manifest-summary", Summary()) })
        {
            var body = Encoding.UTF8.GetBytes(text);
            yield return ($"{Folder}{name}.json", body);
            yield return ($"{Folder}{name}.md5", Encoding.UTF8.GetBytes(Md5(body)));
        }
    }

    private string Summary() => JsonAnswer.Text(new JsonObject
    {
        ["version"] = "2020-06-30",
        ["exportArn"] = Arn,
        ["startTime"] = Time("StartTime"),
        ["endTime"] = Time("EndTime"),
        ["tableArn"] = Description.Need("TableArn"),
        ["tableId"] = Description.Need("TableId"),
        ["exportTime"] = Time("ExportTime"),
        ["s3Bucket"] = Description.Need("S3Bucket"),
        ["s3Prefix"] = Description.Text("S3Prefix"),
        ["s3SseAlgorithm"] = Description.Text("S3SseAlgorithm"),
        ["s3SseKmsKeyId"] = null,
        ["manifestFilesS3Key"] = $"{Folder}manifest-files.json",
        ["billedSizeBytes"] = Description.Number("BilledSizeBytes"),
        ["itemCount"] = items.Count,
        ["outputFormat"] = "DYNAMODB_JSON",
        ["exportType"] = "FULL_EXPORT",
    });

    private string Time(string member) => DateTimeOffset.FromUnixTimeMilliseconds((long)(Description[member]!.GetValue<double>() * 1000)).IsoMilliseconds();

    private static byte[] Compressed(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return buffer.ToArray();
    }

    // The checksum that AWS writes into these manifests.
#pragma warning disable CA5351
    private static string Md5(byte[] body) => Convert.ToBase64String(MD5.HashData(body));
#pragma warning restore CA5351
}
