using System.Security.Cryptography;
using System.Text.Json;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sync;

public sealed class BucketRestoreTests
{
    private const int FiveMegabytes = 5 << 20;

    private static readonly PartRule Parts = new() { From = FiveMegabytes, Size = FiveMegabytes, MostHelpers = 2 };

    [Fact]
    public async Task An_emptied_bucket_becomes_what_it_was_with_everything_that_was_said_of_its_objects()
    {
        await using var test = await SyncTest.StartAsync("site");
        await test.PutAsync("site", "page", "<p>", new("content-type", "text/html; charset=utf-8"), new("cache-control", "max-age=60, public"), new("content-encoding", "identity"),
            new("content-language", "de"), new("content-disposition", "inline; filename=\"h\u00C3\u00A4fen.html\""), new("expires", "Thu, 01 Jan 2032 00:00:00 GMT"),
            new("x-amz-meta-who", "=?UTF-8?B?w6Q=?="), new("x-amz-meta-two", "a  b"), new("x-amz-tagging", "a%26=1%20%2B&b=%C3%A4"));
        await test.PutAsync("site", "old", "", new KeyValuePair<string, string>("x-amz-website-redirect-location", "/new?a=b"));
        await test.PutAsync("site", "rare", "r", new KeyValuePair<string, string>("x-amz-storage-class", "STANDARD_IA"));
        await test.PutAsync("site", "archived", "a", new KeyValuePair<string, string>("x-amz-storage-class", "DEEP_ARCHIVE"));
        await test.PutAsync("site", "sealed", "s", new("x-amz-server-side-encryption", "aws:kms"), new("x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:us-west-2:1:key/2"));
        await test.PutAsync("site", "hashed", "x", new KeyValuePair<string, string>("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData("x"u8))));
        foreach (var key in (string[])["a b+c&d=é?", "dir/", "dir", "../x", "%41", "\u0001", "a//b", "CON", "A", "a"]) await test.PutAsync("site", key, "content of " + key);
        string[] parts = [new('a', FiveMegabytes), new('b', FiveMegabytes), "end"];
        await test.PutInPartsAsync("site", "film", parts, new("x-amz-checksum-algorithm", "SHA256"), new("x-amz-meta-title", "sail"), new("x-amz-tagging", "a=1"), new("content-type", "video/mp4"));
        await test.PutInPartsAsync("site", "whole", parts, new("x-amz-checksum-algorithm", "CRC64NVME"), new("x-amz-checksum-type", "FULL_OBJECT"));
        await test.ThawAsync("site", "archived");
        var before = await test.CaptureAsync("before");
        await test.EmptyAsync("site");

        var result = await test.RestoreAsync(before, "site");
        Assert.Empty(test.Problems);
        Assert.Equal((18, 18, 0, true), (result.ObjectCount, result.WrittenCount, result.UnchangedCount, result.ProblemCount == 0));
        Assert.Equal((result.TotalBytes, 2, 6), (result.WrittenBytes, test.Calls("CompleteMultipartUpload"), test.Calls("UploadPart")));
        Assert.Contains("Upload a//b GoneFromBucket", test.Done);

        await test.ThawAsync("site", "archived");
        Assert.Equal(await ObjectsAsync(before), await ObjectsAsync(await test.CaptureAsync("after")));
        Assert.Equal((18, 0), (await test.RestoreAsync(before, "site")) is var again ? (again.UnchangedCount, again.WrittenCount) : default);
    }

    [Fact]
    public async Task A_plan_says_what_would_be_done_and_why_and_changes_nothing()
    {
        await using var test = await SyncTest.StartAsync("site");
        foreach (var key in (string[])["gone", "changed", "longer", "same", "said"]) await test.PutAsync("site", key, "12345");
        var snapshot = await test.CaptureAsync("v1");
        await test.DeleteAsync("site", "gone");
        foreach (var (key, content) in ((string, string)[])[("changed", "54321"), ("longer", "123456"), ("new", "1")]) await test.PutAsync("site", key, content);
        // S3 states times to the second.
        await Task.Delay(1000, SyncTest.Cancel);
        await test.PutAsync("site", "said", "12345", new KeyValuePair<string, string>("cache-control", "no-store"));

        var plan = await test.RestoreAsync(snapshot, "site", order => order with { Delete = true, PlanOnly = true });
        Assert.Equal(["Delete new NotInSnapshot", "Upload changed ContentChanged", "Upload gone GoneFromBucket", "Upload longer SizeChanged", "Upload said Rewritten"], test.Done);
        Assert.Equal((4, 20, 1, 1), (plan.WrittenCount, plan.WrittenBytes, plan.UnchangedCount, plan.DeletedCount));
        Assert.DoesNotContain(test.Host.Requests.Entries, request => request.Method is not ("GET" or "HEAD"));

        await test.RestoreAsync(snapshot, "site", order => order with { Delete = true });
        Assert.Equal(["changed", "gone", "longer", "said", "same"], await test.KeysAsync("site"));
        Assert.Equal("12345", (await test.GetAsync("site", "changed")).Content);
        Assert.DoesNotContain((await test.GetAsync("site", "said")).Answer.Headers, header => header.Key == "Cache-Control");
    }

    [Fact]
    public async Task Objects_go_into_another_bucket_encrypted_as_that_has_it_where_that_is_wanted()
    {
        await using var test = await SyncTest.StartAsync("site");
        await test.CreateAsync("copy");
        await test.PutAsync("site", "sealed", "s", new KeyValuePair<string, string>("x-amz-server-side-encryption", "aws:kms"));
        await test.PutAsync("site", "logs/1", "s");
        var snapshot = await test.CaptureAsync("v1");
        var result = await test.RestoreAsync(snapshot, "site", order => order with { Destination = "copy", KeepEncryption = false, Rules = [new(false, "logs/*")] });
        Assert.Empty(test.Problems);
        Assert.Equal(1, result.WrittenCount);
        Assert.Contains(new("x-amz-server-side-encryption", "AES256"), (await test.GetAsync("copy", "sealed")).Answer.Headers);
    }

    [Fact]
    public async Task What_was_written_since_it_was_looked_at_is_not_written_over()
    {
        Func<Task>? change = null;
        await using var test = await SyncTest.StartAsync((_, request, _) =>
        {
            if (request.Operation == "ListObjectsV2" && Interlocked.Exchange(ref change, null) is { } once) once().Wait();
        });
        await test.CreateAsync("site");
        foreach (var key in (string[])["changes", "comes", "film", "stays"]) await test.PutAsync("site", key, key == "film" ? new('f', FiveMegabytes) : "captured");
        var snapshot = await test.CaptureAsync("v1");
        foreach (var key in (string[])["comes", "stays", "film"]) await test.DeleteAsync("site", key);
        await test.PutAsync("site", "changes", "as listed");
        change = async () =>
        {
            foreach (var key in (string[])["changes", "comes", "film"]) await test.PutAsync("site", key, "by others");
        };
        var result = await test.RestoreAsync(snapshot, "site", parts: Parts);
        Assert.Equal(["site/changes", "site/comes", "site/film"], test.Problems.Select(problem => problem.Resource).Order());
        Assert.All(test.Problems, problem => Assert.Equal("PreconditionFailed", problem.ErrorCode));
        Assert.Contains("not written over", test.Problems.First().Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (result.WrittenCount, test.Calls("AbortMultipartUpload")));
        foreach (var key in (string[])["changes", "comes", "film"]) Assert.Equal("by others", (await test.GetAsync("site", key)).Content);
    }

    [Theory]
    [InlineData("kind=throttle")]
    [InlineData("kind=error,status=500,code=InternalError")]
    [InlineData("kind=error,status=409,code=ConditionalRequestConflict")]
    [InlineData("kind=error,status=409,code=OperationAborted")]
    [InlineData("kind=reset")]
    [InlineData("kind=expirecredentials")]
    [InlineData("kind=clockskew")]
    [InlineData("kind=redirect")]
    public async Task What_passes_is_outlasted(string fault)
    {
        await using var test = await SyncTest.StartAsync("site");
        await test.PutAsync("site", "small", "12345");
        await test.PutAsync("site", "large", new('l', FiveMegabytes + 1));
        var snapshot = await test.CaptureAsync("v1");
        await test.EmptyAsync("site");
        foreach (var operation in (string[])["PutObject", "UploadPart"]) test.Host.Faults.Add(Fault.Parse($"{fault},operation={operation},times=2"));
        var result = await test.RestoreAsync(snapshot, "site", parts: Parts);
        Assert.Empty(test.Problems);
        Assert.Equal(2, result.WrittenCount);
        Assert.Equal(FiveMegabytes + 1, (await test.GetAsync("site", "large")).Content.Length);
    }

    [Theory]
    [InlineData("PutObject,match=small", "small", "AccessDenied")]
    [InlineData("CreateMultipartUpload", "large", "AccessDenied")]
    [InlineData("UploadPart,match=partNumber=2", "large", "AccessDenied")]
    [InlineData("CompleteMultipartUpload", "large", "AccessDenied")]
    [InlineData("HeadObject,match=changed", "changed", "AccessDenied")]
    public async Task What_does_not_pass_is_named_and_the_rest_goes_on(string operation, string key, string code)
    {
        await using var test = await SyncTest.StartAsync("site");
        foreach (var each in (string[])["small", "other"]) await test.PutAsync("site", each, "12345");
        await test.PutAsync("site", "changed", "12345");
        await test.PutAsync("site", "large", new('l', FiveMegabytes + 1));
        var snapshot = await test.CaptureAsync("v1");
        await test.EmptyAsync("site");
        await test.PutAsync("site", "changed", "54321");
        test.Host.Faults.Add(Fault.Parse($"kind=deny,operation={operation}"));
        var result = await test.RestoreAsync(snapshot, "site", parts: Parts);
        var problem = Assert.Single(test.Problems);
        Assert.Equal(($"site/{key}", code), (problem.Resource, problem.ErrorCode));
        Assert.Equal((3, 1), (result.WrittenCount, result.ProblemCount));
        Assert.Equal(key == "large" && operation != "CreateMultipartUpload" ? 1 : 0, test.Calls("AbortMultipartUpload"));
    }

    [Fact]
    public async Task A_file_that_is_not_what_was_captured_replaces_nothing()
    {
        await using var test = await SyncTest.StartAsync("site");
        foreach (var key in (string[])["rotted", "gone", "shorter", "link", "right"]) await test.PutAsync("site", key, "captured");
        await test.PutAsync("site", "large", new('l', FiveMegabytes + 1));
        var snapshot = await test.CaptureAsync("v1");
        foreach (var key in (string[])["rotted", "gone", "shorter", "link", "right", "large"]) await test.PutAsync("site", key, "live");
        var folder = Path.Combine(snapshot.Path, "s3-buckets/site");
        Change("rotted", file => file.WriteByte((byte)'C'));
        Change("large", file => file.WriteByte((byte)'L'));
        Change("shorter", file => file.SetLength(3));
        File.Delete(Path.Combine(folder, "gone"));
        File.Delete(Path.Combine(folder, "link"));
        File.CreateSymbolicLink(Path.Combine(folder, "link"), Path.Combine(folder, "right"));

        var result = await test.RestoreAsync(snapshot, "site", parts: Parts);
        Assert.Equal(["site/gone", "site/large", "site/link", "site/rotted", "site/shorter"], test.Problems.Select(problem => problem.Resource).Order(StringComparer.Ordinal));
        Assert.All(test.Problems, problem => Assert.Equal("Damaged", problem.ErrorCode));
        Assert.Equal((1, 1, 0), (result.WrittenCount, test.Calls("PutObject"), test.Calls("CreateMultipartUpload")));
        foreach (var key in (string[])["rotted", "gone", "shorter", "link", "large"]) Assert.Equal("live", (await test.GetAsync("site", key)).Content);

        void Change(string key, Action<FileStream> change)
        {
            var path = Path.Combine(folder, key);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            using var file = File.OpenWrite(path);
            change(file);
        }
    }

    [Fact]
    public async Task A_header_that_cannot_be_sent_is_a_problem_of_its_object_and_is_not_left_out()
    {
        await using var test = await SyncTest.StartAsync("site");
        foreach (var key in (string[])["a", "b"]) await test.PutAsync("site", key, "captured", new KeyValuePair<string, string>("cache-control", "no-store"));
        var snapshot = await test.CaptureAsync("v1");
        await test.EmptyAsync("site");
        var manifest = Path.Combine(snapshot.Path, "manifest.jsonl");
        var lines = await File.ReadAllLinesAsync(manifest, SyncTest.Cancel);
        File.Delete(manifest);
        await File.WriteAllTextAsync(manifest, string.Concat(lines.Select(line => line.Replace("\"key\":\"a\"", "\"key\":\"a\",\"metadata\":{\"x\":\"1\\r\\nx-amz-acl: public-read\"}", StringComparison.Ordinal) + "\n")), SyncTest.Cancel);

        var result = await test.RestoreAsync(snapshot, "site");
        Assert.Equal("site/a", Assert.Single(test.Problems).Resource);
        Assert.Equal(["b"], await test.KeysAsync("site"));
        Assert.Equal(1, result.WrittenCount);
    }

    [Fact]
    public async Task A_restore_that_is_broken_off_uploads_nothing_again_that_was_done()
    {
        await using var test = await SyncTest.StartAsync("site");
        for (var number = 0; number < 60; number++) await test.PutAsync("site", $"{number:00}", $"content {number}");
        var snapshot = await test.CaptureAsync("v1");
        await test.EmptyAsync("site");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.RestoreAsync(snapshot, "site", stopAfter: 20));
        // What was on its way when it was broken off may still arrive.
        var there = await test.KeysAsync("site");
        for (var before = -1; before != there.Length; there = await test.KeysAsync("site"))
        {
            before = there.Length;
            await Task.Delay(100, SyncTest.Cancel);
        }
        Assert.InRange(there.Length, 20, 59);
        var result = await test.RestoreAsync(snapshot, "site");
        Assert.Equal((60, 60 - there.Length, there.Length, 0), (result.ObjectCount, result.WrittenCount, result.UnchangedCount, result.ProblemCount));
        Assert.Empty(test.Changes.Select(change => change.Key).Intersect(there));
        Assert.Equal("content 59", (await test.GetAsync("site", "59")).Content);
    }

    [Fact]
    public async Task Objects_are_deleted_only_on_request_and_never_more_than_may_be_nor_those_that_no_snapshot_was_to_hold()
    {
        await using var test = await SyncTest.StartAsync("site");
        await test.PutAsync("site", "stays", "x");
        var snapshot = await test.CaptureAsync("v1", order => order with { ExcludeKeys = ["logs/*"] });
        foreach (var key in (string[])["a", "b&<>\"'", "c\u0001", "logs/1"]) await test.PutAsync("site", key, "x");

        Assert.Equal((0, 3), Deleted(await test.RestoreAsync(snapshot, "site")));
        Assert.Equal((0, 3), Deleted(await test.RestoreAsync(snapshot, "site", order => order with { Delete = true, MaxDelete = 2 })));
        Assert.Equal("DeleteLimit", Assert.Single(test.Problems).ErrorCode);
        Assert.Equal((3, 0), Deleted(await test.RestoreAsync(snapshot, "site", order => order with { Delete = true, MaxDelete = 3 })));
        Assert.Equal(["logs/1", "stays"], await test.KeysAsync("site"));
    }

    [Fact]
    public async Task Nothing_is_deleted_where_the_bucket_was_not_listed_or_not_captured_to_its_end()
    {
        await using var test = await SyncTest.StartAsync("site");
        foreach (var key in (string[])["denied", "kept"]) await test.PutAsync("site", key, "x");
        test.Host.Faults.Add(Fault.Parse("kind=deny,operation=GetObject,match=denied"));
        var partial = await test.CaptureAsync("v1");
        Assert.Equal((0, 1), Deleted(await test.RestoreAsync(partial, "site", order => order with { Delete = true })));
        Assert.Equal("IncompleteSource", Assert.Single(test.Problems).ErrorCode);

        test.Host.Faults.Clear();
        var whole = await test.CaptureAsync("v2");
        await test.PutAsync("site", "new", "x");
        test.Host.Faults.Add(Fault.Parse("kind=deny,operation=ListObjectsV2"));
        Assert.Equal(0, (await test.RestoreAsync(whole, "site", order => order with { Delete = true })).DeletedCount);
        Assert.Equal(("AccessDenied", "site"), (Assert.Single(test.Problems).ErrorCode, Assert.Single(test.Problems).Resource));
        test.Host.Faults.Clear();
        Assert.Equal(["denied", "kept", "new"], await test.KeysAsync("site"));
    }

    [Fact]
    public async Task A_snapshot_that_does_not_know_the_bucket_or_is_not_finished_puts_nothing_back()
    {
        await using var test = await SyncTest.StartAsync("site");
        var snapshot = await test.CaptureAsync("v1");
        Assert.Equal(StoreFault.Damaged, (await Assert.ThrowsAsync<StoreException>(() => test.RestoreAsync(snapshot, "other"))).Fault);
        await Assert.ThrowsAsync<StoreException>(() => test.RestoreAsync(snapshot with { Status = SnapshotStatus.Unfinished }, "site"));
    }

    private static (long, long) Deleted(ObjectCounts result) => (result.DeletedCount, result.LeftOverCount);

    /// <summary>The manifest's lines of objects, but for when they were written.</summary>
    private static async Task<List<string>> ObjectsAsync(Snapshot snapshot) =>
        await SnapshotReader.ReadManifestAsync(snapshot.Path).Where(entry => entry.Object is not null)
            .Select(entry => JsonSerializer.Serialize(entry with { Object = entry.Object! with { LastModified = default, VersionId = null } })).ToListAsync(SyncTest.Cancel);
}
