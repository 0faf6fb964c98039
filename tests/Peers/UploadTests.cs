using System.Security.Cryptography;
using System.Text.Json;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Objects that are put back, as boto3 sees them at moto.</summary>
public sealed class UploadTests
{
    private const string Look = """
        import boto3, hashlib, json
        from botocore.config import Config
        s3 = boto3.client("s3", region_name="us-west-2", config=Config(s3={"addressing_style": "path"}))
        for found in s3.list_objects_v2(Bucket="site")["Contents"]:
            got = s3.get_object(Bucket="site", Key=found["Key"])
            tags = s3.get_object_tagging(Bucket="site", Key=found["Key"])["TagSet"]
            print(json.dumps({"key": found["Key"], "sha256": hashlib.sha256(got["Body"].read()).hexdigest(), "etag": got["ETag"].strip('"'),
                "said": [got["ContentType"], got["CacheControl"], got["ContentLanguage"], got["Metadata"]["who"], found["StorageClass"], got.get("WebsiteRedirectLocation"), tags[0]["Key"], tags[0]["Value"]]}))
        """;

    private static readonly PartRule Parts = new() { From = 6 << 20, Size = 5 << 20, MostHelpers = 2 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Moto_takes_objects_whole_and_in_parts_with_all_that_belongs_to_them()
    {
        await using var moto = await MotoServer.StartAsync(Cancel);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(new() { EndpointUrl = moto.Endpoint, AccessKey = "moto", SecretKey = "moto-secret", Region = "us-west-2", UseBudgets = false });
        using var s3 = new S3Client(connection, 4);
        using var places = new WorkPool(4);
        await s3.ChangeAsync(new() { Operation = "CreateBucket", Method = HttpMethod.Put, Bucket = "site", Body = "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>"u8.ToArray() }, Cancel);
        var uploads = new ObjectUpload(s3, places) { Parts = Parts };
        Dictionary<string, CapturedObject> sent = [];
        foreach (var (key, size) in ((string, int)[])[("small", 10), ("empty", 0), ("dir/é &+%", 100), ("large", 11 << 20)])
        {
            var source = sent[key] = Captured(store.Path, key, size);
            await uploads.UploadAsync(source, new("site", key), WriteCondition.Nothing, Cancel);
        }
        var refusal = await Assert.ThrowsAsync<ServiceException>(() => uploads.UploadAsync(sent["small"], new("site", "small"), WriteCondition.Nothing, Cancel));
        Assert.Equal(412, refusal.StatusCode);

        var seen = await Tool.RunAsync("python3", ["-c", Look], moto.Environment, null, Cancel);
        Assert.True(seen.Code == 0, seen.Error);
        foreach (var line in seen.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var found = JsonElement.Parse(line);
            Assert.True(sent.Remove(found.GetProperty("key").GetString()!, out var source));
            Assert.Equal(source.Sha256, found.GetProperty("sha256").GetString());
            Assert.Equal(source.Size > 6 << 20, found.GetProperty("etag").GetString()!.EndsWith("-3", StringComparison.Ordinal));
            Assert.Equal(["text/html", "no-store", "de", "jada", "STANDARD_IA", "/new", "a b", "1 +"], found.GetProperty("said").EnumerateArray().Select(each => each.GetString()));
        }
        Assert.Empty(sent);
    }

    private static CapturedObject Captured(string folder, string key, int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        var path = Path.Combine(folder, $"{size}");
        File.WriteAllBytes(path, bytes);
        return new(path, size, Convert.ToHexStringLower(SHA256.HashData(bytes)), new()
        {
            Key = key,
            ETag = "",
            StorageClass = "STANDARD_IA",
            Headers = new Dictionary<string, string> { ["content-type"] = "text/html", ["cache-control"] = "no-store", ["content-language"] = "de", ["x-amz-website-redirect-location"] = "/new" },
            Metadata = new Dictionary<string, string> { ["who"] = "jada" },
            Tags = new Dictionary<string, string> { ["a b"] = "1 +" },
        });
    }
}
