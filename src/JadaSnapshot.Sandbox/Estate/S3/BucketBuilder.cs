using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Estate.Content;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Estate.S3;

/// <summary>Makes the buckets, then what they refer to each other for, then their objects.</summary>
internal static class BucketBuilder
{
    private const int PartSize = 5 * 1024 * 1024;
    private const string PartChecksum = "CRC32";

    public static async Task BuildAsync(EstateScript script)
    {
        BucketPlan[] buckets = [.. SiteBuckets.Plan(script), .. MediaBuckets.Plan(script), .. OperationalBuckets.Plan(script)];
        for (var index = 0; index < buckets.Length; index++)
        {
            script.Clock.Set(1090 - 17 * index);
            await CreateAsync(script, buckets[index]);
        }
        for (var index = 0; index < buckets.Length; index++)
        {
            script.Clock.Set(1089.5 - 17 * index);
            await ConfigureAsync(script, buckets[index]);
            await FillAsync(script, buckets[index]);
        }
    }

    /// <summary>Uploads to the media buckets start functions, which must be there by now.</summary>
    public static async Task NotifyAsync(EstateScript script)
    {
        script.Clock.Set(20);
        var function = $"arn:aws:lambda:{EstateNames.West}:{script.World.Account}:function:photo-resizer";
        foreach (var (bucket, suffix) in new[] { ("jada-photos-originals", ".png"), (EstateNames.OddKeysBucket, ".txt") })
            await script.ConfigureBucketAsync(EstateNames.West, bucket, "notification", BucketDocuments.Notify(function, suffix));
    }

    private static async Task CreateAsync(EstateScript script, BucketPlan bucket) => await script.S3Async(bucket.Region, "PUT", $"/{bucket.Name}",
        bucket.Region == EstateNames.East ? default : Encoding.UTF8.GetBytes(BucketDocuments.Location(bucket.Region)));

    private static async Task ConfigureAsync(EstateScript script, BucketPlan bucket)
    {
        foreach (var setting in bucket.Settings)
            await script.ConfigureBucketAsync(bucket.Region, bucket.Name, setting.SubResource, setting.Document, setting.Id);
    }

    private static async Task FillAsync(EstateScript script, BucketPlan bucket)
    {
        var step = script.Clock.Left / (bucket.Objects.Count + bucket.AfterSuspension.Count + 2);
        foreach (var plan in bucket.Objects)
        {
            script.Clock.Pass(step);
            await PutAsync(script, bucket, plan);
        }
        if (bucket.Name == EstateNames.VersionsBucket) await UploadInPartsAsync(script, bucket);
        if (bucket.AfterSuspension.Count == 0) return;

        await script.ConfigureBucketAsync(bucket.Region, bucket.Name, "versioning", BucketDocuments.Versioning("Suspended"));
        foreach (var plan in bucket.AfterSuspension)
        {
            script.Clock.Pass(step);
            await PutAsync(script, bucket, plan);
        }
    }

    private static async Task PutAsync(EstateScript script, BucketPlan bucket, ObjectPlan plan)
    {
        var path = PathOf(bucket, plan.Key);
        if (plan.Body is { } body)
            await script.S3Async(bucket.Region, "PUT", path, body, headers: [new("Content-Type", plan.ContentType), .. Checksum(plan.Key, body), .. plan.Headers]);
        else
            await script.S3Async(bucket.Region, "DELETE", path);
    }

    /// <summary>Some clients send a checksum of their choice along.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Checksum(string key, ReadOnlyMemory<byte> body)
    {
        if (key.EndsWith(".css", StringComparison.Ordinal) || key.EndsWith(".gz", StringComparison.Ordinal))
            yield return new("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(body.Span)));
    }

    /// <summary>As boto3 does it, which has the parts' checksums made into one of them all.</summary>
    private static async Task UploadInPartsAsync(EstateScript script, BucketPlan bucket)
    {
        var path = PathOf(bucket, EstateNames.MultipartKey);
        var whole = script.DiceFor(EstateNames.MultipartKey).Bytes(2 * PartSize + 123_456);
        var started = await script.S3Async(bucket.Region, "POST", path, subResource: "uploads", headers: [new("Content-Type", "application/x-tar"), new("x-amz-checksum-algorithm", PartChecksum)]);
        KeyValuePair<string, string> upload = new("uploadId", EstateScript.Text(started, "UploadId"));

        var parts = new List<XElement>();
        for (var (number, from) = (1, 0); from < whole.Length; number++, from += PartSize)
        {
            var name = number.ToString(CultureInfo.InvariantCulture);
            var body = whole.AsMemory(from, Math.Min(PartSize, whole.Length - from));
            var checksum = Checksums.Of(PartChecksum, body.Span);
            var part = await script.S3Async(bucket.Region, "PUT", path, body,
                query: [new("partNumber", name), upload], headers: [new(Checksums.Header(PartChecksum), checksum)]);
            var etag = part.Headers.First(header => header.Key.Equals("ETag", StringComparison.OrdinalIgnoreCase)).Value;
            parts.Add(new("Part", new XElement("PartNumber", name), new XElement("ETag", etag), new XElement("Checksum" + PartChecksum, checksum)));
        }
        var list = new XElement("CompleteMultipartUpload", parts).ToString(SaveOptions.DisableFormatting);
        await script.S3Async(bucket.Region, "POST", path, Encoding.UTF8.GetBytes(list), query: [upload]);
    }

    private static string PathOf(BucketPlan bucket, string key) =>
        $"/{bucket.Name}/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}";
}
