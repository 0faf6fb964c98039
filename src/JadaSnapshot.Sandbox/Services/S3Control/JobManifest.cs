using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>Manifests of jobs: a CSV of objects, or the manifest of an S3 Inventory with its files. Keys are URL-encoded in both.</summary>
/// <remarks><see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-create-job.html#specify-batchjob-manifest"/></remarks>
internal static class JobManifest
{
    public static async Task<IReadOnlyList<BatchTask>> ReadAsync(XElement manifest, S3Objects objects, CancellationToken cancel)
    {
        var (spec, location) = (manifest.Element("Spec")!, manifest.Element("Location")!);
        var (bucket, key) = Split(JobRules.BucketOf(location.Text("ObjectArn")!));
        var (body, etag) = await ReadAsync(bucket, key, location.Text("ObjectVersionId"), objects, cancel);
        if (location.Text("ETag")!.Trim('"') != etag) throw new SandboxException(412, "PreconditionFailed", "The ETag of the manifest is not that of the job.");
        try
        {
            List<BatchTask> tasks = spec.Text("Format") == "S3InventoryReport_CSV_20161130"
                ? await InventoryAsync(body, objects, cancel)
                : [.. Tasks(Encoding.UTF8.GetString(body), [.. spec.Element("Fields")!.Elements().Select(field => field.Value)])];
            if (tasks.Count == 0) throw Invalid("it is empty");
            return tasks.DistinctBy(task => task.Bucket).Take(2).Count() == 1 ? tasks : throw Invalid("its objects are in several buckets");
        }
        catch (Exception problem) when (problem is FormatException or JsonException or InvalidDataException)
        {
            throw Invalid(problem.Message);
        }
    }

    private static async Task<List<BatchTask>> InventoryAsync(byte[] manifest, S3Objects objects, CancellationToken cancel)
    {
        var inventory = JsonNode.Parse(manifest) as JsonObject ?? throw Invalid("it is no object");
        if (inventory.Need("fileFormat") != "CSV") throw Invalid("the inventory is no CSV");
        List<string> fields = [.. inventory.Need("fileSchema").Split(',', StringSplitOptions.TrimEntries)];
        List<BatchTask> tasks = [];
        foreach (var file in inventory.Parts("files"))
        {
            var (body, _) = await ReadAsync(JobRules.BucketOf(inventory.Need("destinationBucket")), file.Need("key"), null, objects, cancel);
            using var text = new StreamReader(new GZipStream(new MemoryStream(body), CompressionMode.Decompress));
            tasks.AddRange(Tasks(await text.ReadToEndAsync(cancel), fields));
        }
        return tasks;
    }

    private static IEnumerable<BatchTask> Tasks(string csv, List<string> fields)
    {
        var (bucket, key, version) = (fields.IndexOf("Bucket"), fields.IndexOf("Key"), fields.IndexOf("VersionId"));
        if (bucket < 0 || key < 0) throw Invalid("Bucket or Key is missing");
        foreach (var row in CsvText.Rows(csv))
        {
            if (row.Count != fields.Count) throw Invalid($"a line has {row.Count} fields, not {fields.Count}");
            if (row[bucket].Length == 0 || row[key].Length == 0) throw Invalid("a line names no object");
            yield return new(row[bucket], RequestTarget.Decode(row[key], plusIsSpace: true), version < 0 || row[version].Length == 0 ? null : row[version]);
        }
    }

    private static async Task<(byte[] Body, string ETag)> ReadAsync(string bucket, string key, string? version, S3Objects objects, CancellationToken cancel)
    {
        try
        {
            return await objects.GetAsync(bucket, key, version, cancel);
        }
        catch (SandboxException refusal)
        {
            throw new SandboxException(refusal.Status, refusal.Code, $"Reading the manifest failed: {refusal.Message}");
        }
    }

    private static (string Bucket, string Key) Split(string resource) => resource.IndexOf('/', StringComparison.Ordinal) is var slash ? (resource[..slash], resource[(slash + 1)..]) : default;

    private static SandboxException Invalid(string why) => new(400, "InvalidManifestContent", $"Invalid Manifest Content: {why}");
}
