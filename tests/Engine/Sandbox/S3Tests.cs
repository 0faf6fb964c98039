using System.Text;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sandbox;

public class S3Tests
{
    [Theory]
    [InlineData("../x")]
    [InlineData("a//b")]
    [InlineData("a%20b")]
    [InlineData("dir/")]
    [InlineData("%2541")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("./..")]
    public async Task A_key_arrives_as_it_was_sent_whatever_it_looks_like(string escaped)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/odd");
        await sandbox.Client.PutAsync("/odd/" + escaped, escaped);
        Assert.Equal(escaped, (await sandbox.Client.GetAsync("/odd/" + escaped)).Text);
        Assert.Contains($"<Key>{Uri.UnescapeDataString(escaped)}</Key>", (await sandbox.Client.GetAsync("/odd?list-type=2")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listings_are_in_the_order_of_UTF_8_and_pages_join_without_a_gap()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/order");
        string[] keys = ["%EE%80%80", "%F0%9F%98%80", "a", "a%2Fb", "b", "A"];
        foreach (var key in keys) await sandbox.Client.PutAsync("/order/" + key);
        var seen = new List<string>();
        var target = "/order?encoding-type=url&list-type=2&max-keys=2";
        while (true)
        {
            var page = (await sandbox.Client.GetAsync(target)).Text;
            seen.AddRange(page.Split("<Key>").Skip(1).Select(part => part.Split('<')[0]));
            if (!page.Contains("<IsTruncated>true", StringComparison.Ordinal)) break;
            target = "/order?continuation-token=" + Uri.EscapeDataString(page.Split("<NextContinuationToken>")[1].Split('<')[0]) + "&encoding-type=url&list-type=2&max-keys=2";
        }
        Assert.Equal(["A", "a", "a/b", "b", "%EE%80%80", "%F0%9F%98%80"], seen);
    }

    [Fact]
    public async Task A_configuration_comes_back_byte_for_byte()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/site");
        const string Document = "<?xml version='1.0'?>\n<!-- newer than any SDK -->\n<CORSConfiguration >\t<Unknown>1</Unknown></CORSConfiguration>\n";
        await sandbox.Client.PutAsync("/site?cors", Document);
        Assert.Equal(Document, (await sandbox.Client.GetAsync("/site?cors")).Text);
    }

    [Theory]
    [InlineData("policy", "NoSuchBucketPolicy")]
    [InlineData("cors", "NoSuchCORSConfiguration")]
    [InlineData("website", "NoSuchWebsiteConfiguration")]
    [InlineData("lifecycle", "NoSuchLifecycleConfiguration")]
    [InlineData("tagging", "NoSuchTagSet")]
    [InlineData("replication", "ReplicationConfigurationNotFoundError")]
    [InlineData("object-lock", "ObjectLockConfigurationNotFoundError")]
    public async Task What_is_not_set_has_an_error_code_of_its_own(string subResource, string code)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/bare");
        Assert.Equal(code, (await sandbox.Client.GetAsync("/bare?" + subResource)).Code);
    }

    [Theory]
    [InlineData("DELETE", "policyStatus")]
    [InlineData("DELETE", "acl")]
    [InlineData("PUT", "metadataTable")]
    [InlineData("DELETE", "abac")]
    public async Task A_sub_resource_that_is_none_never_falls_through_to_the_bucket(string method, string subResource)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/keep");
        Assert.InRange((await sandbox.Client.SendAsync(method, "/keep?" + subResource)).Status, 400, 599);
        Assert.Equal(200, (await sandbox.Client.SendAsync("HEAD", "/keep")).Status);
    }

    [Fact]
    public async Task A_bucket_of_another_region_is_redirected_to_with_its_region()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/west", "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>");
        var answer = await sandbox.Client.GetAsync("/west");
        Assert.Equal((301, "us-west-2"), (answer.Status, answer.Headers["x-amz-bucket-region"]));
        using var west = new SandboxClient(sandbox.Host) { Region = "us-west-2" };
        Assert.Equal(200, (await west.GetAsync("/west")).Status);
    }

    [Fact]
    public async Task A_new_bucket_refuses_a_public_policy_until_its_block_is_taken_away()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/public-site");
        var policy = """{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}"""u8.ToArray();
        Assert.Equal("AccessDenied", (await sandbox.Client.SendAsync("PUT", "/public-site?policy", policy)).Code);
        await sandbox.Client.SendAsync("DELETE", "/public-site?publicAccessBlock");
        Assert.Equal(204, (await sandbox.Client.SendAsync("PUT", "/public-site?policy", policy)).Status);
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==")]
    [InlineData("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=")]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task A_body_with_a_wrong_digest_is_not_stored(string header, string value)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/sums");
        Assert.Equal("BadDigest", (await sandbox.Client.SendAsync("PUT", "/sums/key", "body"u8.ToArray(), (header, value))).Code);
        Assert.Equal(404, (await sandbox.Client.GetAsync("/sums/key")).Status);
    }

    [Fact]
    public async Task Deleting_in_a_versioned_bucket_hides_and_does_not_destroy()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/versioned");
        await sandbox.Client.PutAsync("/versioned?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        var put = await sandbox.Client.SendAsync("PUT", "/versioned/key", "one"u8.ToArray());
        var marker = await sandbox.Client.SendAsync("DELETE", "/versioned/key");
        Assert.Equal("true", marker.Headers["x-amz-delete-marker"]);
        Assert.Equal(404, (await sandbox.Client.GetAsync("/versioned/key")).Status);
        Assert.Equal("one", (await sandbox.Client.GetAsync("/versioned/key?versionId=" + put.Headers["x-amz-version-id"])).Text);
    }

    [Fact]
    public async Task A_synthetic_bucket_lists_and_serves_a_million_objects_it_does_not_hold()
    {
        await using var sandbox = await RunningSandbox.StartAsync(new() { SyntheticBuckets = [new() { Name = "million", Count = 1_000_000, Size = 100_000 }] });
        var page = (await sandbox.Client.GetAsync("/million?list-type=2&max-keys=1&start-after=data%2F000999998.bin")).Text;
        Assert.Contains("<Key>data/000999999.bin</Key>", page, StringComparison.Ordinal);
        Assert.Contains("<IsTruncated>false", page, StringComparison.Ordinal);
        var answer = await sandbox.Client.GetAsync("/million/data/000999999.bin");
        Assert.Equal(100_000, answer.Body.Length);
        Assert.Equal(answer.Headers["ETag"].Trim('"'), JadaSnapshot.Sandbox.Services.S3.Md5.Hex([answer.Body]));
        Assert.Equal(answer.Body[70_000..70_100], (await sandbox.Client.GetAsync("/million/data/000999999.bin", ("Range", "bytes=70000-70099"))).Body);
    }

    [Fact]
    public async Task Metadata_beyond_ASCII_comes_back_mail_safe()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/meta");
        var encoded = $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("Zoë"))}?=";
        await sandbox.Client.PutAsync("/meta/key", "", ("x-amz-meta-author", encoded));
        Assert.Equal(encoded, (await sandbox.Client.GetAsync("/meta/key")).Headers["x-amz-meta-author"]);
    }
}
