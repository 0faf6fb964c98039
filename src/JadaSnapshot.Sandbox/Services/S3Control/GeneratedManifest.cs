using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>Manifests that S3 makes itself, of a bucket's current objects that pass a filter.</summary>
internal static class GeneratedManifest
{
    public const string Format = "S3InventoryReport_CSV_20211130";

    public static async Task<IReadOnlyList<BatchTask>> MakeAsync(BatchJob job, S3Objects objects, CancellationToken cancel)
    {
        var generator = job.Generator!.Tree.Element("S3JobManifestGenerator")!;
        var bucket = JobRules.BucketOf(generator.Text("SourceBucket")!);
        var passes = Filter(generator.Element("Filter"));
        List<BatchTask> tasks = [.. (await objects.ListAsync(bucket, "", cancel)).Where(passes).Select(listed => new BatchTask(bucket, listed.Key, listed.VersionId))];
        if (tasks.Count == 0) throw new SandboxException(400, "InvalidManifestContent", "No keys found matching the manifest generation criteria.");
        if (generator.Flag("EnableManifestOutput")) job.GeneratedManifest = await WriteAsync(job, bucket, tasks, generator.Element("ManifestOutputLocation")!, objects, cancel);
        return tasks;
    }

    private static Func<ListedEntry, bool> Filter(XElement? filter)
    {
        if (filter is null) return static _ => true;
        var names = filter.Element("KeyNameConstraint");
        var (prefixes, suffixes, substrings) = (Texts(names, "MatchAnyPrefix"), Texts(names, "MatchAnySuffix"), Texts(names, "MatchAnySubstring"));
        var (after, before) = (Time(filter, "CreatedAfter"), Time(filter, "CreatedBefore"));
        var (larger, smaller) = (filter.Number("ObjectSizeGreaterThanBytes", JobRules.BadRequest), filter.Number("ObjectSizeLessThanBytes", JobRules.BadRequest));
        var classes = Texts(filter, "MatchAnyStorageClass");
        return listed => Any(prefixes, prefix => listed.Key.StartsWith(prefix, StringComparison.Ordinal))
            && Any(suffixes, suffix => listed.Key.EndsWith(suffix, StringComparison.Ordinal))
            && Any(substrings, substring => listed.Key.Contains(substring, StringComparison.Ordinal))
            && !(listed.Modified <= after) && !(listed.Modified >= before)
            && !(listed.Size <= larger) && !(listed.Size >= smaller)
            && Any(classes, storage => storage == listed.StorageClass);
    }

    private static async Task<(string Arn, string ETag)> WriteAsync(BatchJob job, string source, List<BatchTask> tasks, XElement output, S3Objects objects, CancellationToken cancel)
    {
        var bucket = JobRules.BucketOf(output.Text("Bucket")!);
        var folder = $"{(output.Text("ManifestPrefix") is { } prefix ? prefix.TrimEnd('/') + "/" : "")}job-{job.Id}/";
        var data = Compressed(string.Concat(tasks.Select(task => CsvText.Line(task.Bucket, Uri.EscapeDataString(task.Key), task.VersionId))));
        var dataKey = $"{folder}data/{SandboxWorld.HashId(job.Id, 32).ToLowerInvariant()}.csv.gz";
        await objects.PutAsync(bucket, dataKey, data, cancel);
        var manifest = JsonAnswer.Text(new JsonObject
        {
            ["sourceBucket"] = source,
            ["destinationBucket"] = output.Text("Bucket"),
            ["version"] = "2021-11-30",
            ["creationTimestamp"] = job.Created.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ["fileFormat"] = "CSV",
            ["fileSchema"] = "Bucket, Key, VersionId",
            ["files"] = new JsonArray(new JsonObject { ["key"] = dataKey, ["size"] = data.Length, ["MD5checksum"] = Md5.Hex([data]) }),
        });
        var etag = await objects.PutAsync(bucket, folder + "manifest.json", Encoding.UTF8.GetBytes(manifest), cancel);
        return ($"arn:aws:s3:::{bucket}/{folder}manifest.json", etag);
    }

    private static bool Any(List<string> wanted, Predicate<string> fits) => wanted.Count == 0 || wanted.Exists(fits);

    private static List<string> Texts(XElement? from, string list) => [.. (from?.Element(list)?.Elements() ?? []).Select(item => item.Value)];

    private static DateTimeOffset? Time(XElement filter, string name) =>
        filter.Text(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    private static byte[] Compressed(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return buffer.ToArray();
    }
}
