using System.Security.Cryptography;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Batch;
using JadaSnapshot.Engine.Tests.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Kept;

public sealed class KeptBucketTests
{
    private const int FiveMegabytes = 5 << 20;

    [Fact]
    public async Task A_bucket_that_is_kept_in_S3_verifies_and_comes_back_with_everything_that_was_said_of_its_objects()
    {
        await using var test = await KeptTest.StartAsync();
        await PutOddAsync(test);
        var before = await test.Test.CaptureAsync("before", order => order with { ExcludeBuckets = ["vault"] });
        var snapshot = await test.CaptureAsync("v1");

        Assert.Empty(test.Test.Problems);
        Assert.Equal((SnapshotStatus.Complete, 1, 17), (snapshot.Status, snapshot.KeptInS3!.BucketCount, snapshot.KeptInS3.ObjectCount));
        Assert.Equal(0, test.Test.Calls("GetObject"));
        Assert.False(Directory.Exists(Path.Combine(snapshot.Path, "s3-buckets")));
        Assert.DoesNotContain("vault", File.ReadAllText(Path.Combine(snapshot.Path, "resources.jsonl")), StringComparison.Ordinal);
        foreach (var isQuick in (bool[])[true, false])
        {
            var found = await test.VerifyAsync(snapshot, isQuick);
            Assert.Equal((VerificationResult.Whole, 17), (found.Result, found.CopiesChecked));
        }

        await test.Test.EmptyAsync("site");
        var result = await test.Test.RestoreAsync(snapshot, "site");
        Assert.Empty(test.Test.Problems);
        Assert.Equal((17, 17), (result.ObjectCount, result.WrittenCount));
        Assert.Equal((17, 0), (await test.Test.RestoreAsync(snapshot, "site")) is var again ? (again.UnchangedCount, again.WrittenCount) : default);
        Assert.Equal(await ObjectsAsync(before), await ObjectsAsync(await test.Test.CaptureAsync("after", order => order with { ExcludeBuckets = ["vault"] })));
    }

    [Fact]
    public async Task A_second_snapshot_copies_what_changed_and_the_first_still_brings_the_old_state_back()
    {
        await using var test = await KeptTest.StartAsync();
        foreach (var key in (string[])["changed", "gone", "same", "said"]) await test.PutAsync(key, "first");
        await test.Test.PutInPartsAsync("site", "film", [new('a', FiveMegabytes), "end"]);
        await KeptTest.PassSecondAsync();
        var first = await test.CaptureAsync("v1");
        Assert.Equal(5, test.Test.Calls("CopyObject"));

        await KeptTest.PassSecondAsync();
        await test.PutAsync("changed", "second");
        await test.PutAsync("said", "first", new KeyValuePair<string, string>("cache-control", "no-store"));
        await test.Test.DeleteAsync("site", "gone");
        var second = await test.CaptureAsync("v2");
        Assert.Equal(2, test.Test.Calls("CopyObject"));
        Assert.Equal(Version(first, "same"), Version(second, "same"));
        Assert.Equal(Version(first, "film"), Version(second, "film"));
        Assert.NotEqual(Version(first, "changed"), Version(second, "changed"));
        // With a base, what it knows of the film is asked of nobody.
        Assert.NotEqual(0, test.Test.Calls("HeadObject"));
        await test.CaptureAsync("v3", "v2");
        Assert.Equal((0, 0), (test.Test.Calls("CopyObject"), test.Test.Calls("HeadObject")));

        Assert.True((await test.VerifyAsync(first)).IsWhole);
        await test.Test.RestoreAsync(first, "site", order => order with { Delete = true });
        Assert.Equal(["Copy changed SizeChanged", "Copy gone GoneFromBucket", "Copy said Rewritten"], test.Test.Done);
        Assert.Equal("first", (await test.Test.GetAsync("site", "changed")).Content);
        Assert.DoesNotContain((await test.Test.GetAsync("site", "said")).Answer.Headers, header => header.Key == "Cache-Control");
    }

    [Fact]
    public async Task A_copy_that_S3_does_not_copy_in_one_go_comes_back_in_parts_of_its_version()
    {
        await using var test = await KeptTest.StartAsync();
        string[] film = [new('a', FiveMegabytes), new('b', FiveMegabytes), "end"];
        await test.PutAsync("film", string.Concat(film), new("x-amz-tagging", "of=1999"), new("x-amz-meta-by", "me"));
        await KeptTest.PassSecondAsync();
        var kept = Assert.Single(KeptTest.Lines(await test.CaptureAsync("v1")));
        await test.Test.PutAsync("vault", "kept/site/film", "another version");

        using S3Client s3 = new(test.Test.Connection, 4);
        using WorkPool places = new(4);
        var copied = await new ObjectCopy(s3, places) { Parts = new() { From = FiveMegabytes, Size = FiveMegabytes } }
            .CopyAsync(kept.Copy.Place, new(kept.Copy.Key, kept.Size, kept.Copy.ETag, kept.LastModified, "", kept.Copy.VersionId), new("site", "back"), SyncTest.Cancel);

        Assert.Equal((true, 3), (copied.IsVerified, test.Test.Calls("UploadPartCopy")));
        var (answer, content) = await test.Test.GetAsync("site", "back");
        Assert.Equal(string.Concat(film), content);
        Assert.Equal("me", answer.Headers.Single(header => header.Key == "x-amz-meta-by").Value);
        Assert.Equal("1", answer.Headers.Single(header => header.Key == "x-amz-tagging-count").Value);
    }

    [Fact]
    public async Task Copies_that_are_gone_or_something_else_are_named_one_by_one()
    {
        await using var test = await KeptTest.StartAsync();
        foreach (var key in (string[])["a", "b", "c"]) await test.PutAsync(key, key);
        var snapshot = await test.CaptureAsync("v1");
        var lines = KeptTest.Lines(snapshot);

        // A later version, or a delete marker above it, leaves the copy what it was.
        await test.Test.PutAsync("vault", lines[0].Copy.Key, "other");
        await test.Test.DeleteAsync("vault", lines[2].Copy.Key);
        Assert.True((await test.VerifyAsync(snapshot)).IsWhole);

        await test.DeleteAsync(lines[1].Copy);
        var found = await test.VerifyAsync(snapshot, isQuick: true);
        Assert.Equal((VerificationResult.Damaged, 1, 3), (found.Result, found.FindingCount, found.CopiesChecked));
        Assert.Equal((FindingKind.Missing, $"{KeptTest.Place}/site/b?versionId={lines[1].Copy.VersionId}"), (found.Findings[0].Kind, found.Findings[0].Path));
        await test.Test.EmptyAsync("site");
        Assert.Equal(1, (await test.Test.RestoreAsync(snapshot, "site")).ProblemCount);
        Assert.Equal("site/b", Assert.Single(test.Test.Problems).Resource);
    }

    [Fact]
    public async Task Without_a_look_at_the_copies_nothing_is_said_to_be_whole()
    {
        await using var test = await KeptTest.StartAsync();
        await test.PutAsync("a", "a");
        var snapshot = await test.CaptureAsync("v1");
        Assert.Equal(VerificationResult.Unproven, (await SnapshotVerifier.VerifyAsync(snapshot.Path, null, SyncTest.Cancel)).Result);
        test.Test.Host.Faults.Add(Fault.Parse("kind=deny,operation=ListObjectVersions"));
        var denied = await test.VerifyAsync(snapshot);
        Assert.Equal((VerificationResult.Unproven, false), (denied.Result, denied.IsWhole));
        Assert.Contains("denied", denied.CopiesUnseen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_copied_is_told_key_by_key_and_the_next_run_copies_that_alone()
    {
        await using var test = await KeptTest.StartAsync();
        for (var number = 0; number < 50; number++) await test.PutAsync($"{number:00}", "content");
        await KeptTest.PassSecondAsync();
        test.Test.Host.Faults.Add(Fault.Parse("kind=deny,operation=CopyObject,match=/17"));
        var partial = await test.CaptureAsync("v1");
        Assert.Equal((SnapshotStatus.Incomplete, 49), (partial.Status, partial.KeptInS3!.ObjectCount));
        Assert.Equal("site/17", Assert.Single(test.Test.Problems).Resource);
        Assert.Equal(VerificationResult.Incomplete, (await test.VerifyAsync(partial)).Result);

        test.Test.Host.Faults.Clear();
        var whole = await test.CaptureAsync("v2");
        Assert.Equal((SnapshotStatus.Complete, 50, 1), (whole.Status, whole.KeptInS3!.ObjectCount, test.Test.Calls("CopyObject")));
    }

    [Fact]
    public async Task Jobs_of_S3_Batch_Operations_make_the_copies_and_what_they_could_not_copy_is_told_key_by_key()
    {
        await using var test = await KeptTest.StartAsync();
        await BatchTest.MakeRoleAsync(test.Test);
        for (var number = 0; number < 50; number++) await test.PutAsync($"{number:00} é", "content", new KeyValuePair<string, string>("x-amz-tagging", "a=1"));
        await test.PutAsync("redirects", "", new KeyValuePair<string, string>("x-amz-website-redirect-location", "/new"));
        await test.Test.PutInPartsAsync("site", "film", [new('a', FiveMegabytes), "end"], new KeyValuePair<string, string>("x-amz-checksum-algorithm", "SHA256"));
        await KeptTest.PassSecondAsync();
        test.Test.Host.Faults.Add(Fault.Parse("service=s3control,operation=S3PutObjectCopy,match=/17,kind=deny"));
        var partial = await BatchAsync("v1");
        Assert.Equal((SnapshotStatus.Incomplete, 51, 1, 1), (partial.Status, partial.KeptInS3!.ObjectCount, test.Test.JobCalls("CreateJob"), test.Test.Calls("CopyObject")));
        Assert.Equal(("site/17 é", "AccessDenied"), (Assert.Single(test.Test.Problems).Resource, Assert.Single(test.Test.Problems).ErrorCode));
        Assert.Equal("NoChecksum", KeptTest.Lines(partial).Single(line => line.Key == "film").Copy.Unverified);
        Assert.Equal(VerificationResult.Incomplete, (await test.VerifyAsync(partial)).Result);

        test.Test.Host.Faults.Clear();
        var whole = await BatchAsync("v2", "v1");
        Assert.Equal((SnapshotStatus.Complete, 52, 1, 0), (whole.Status, whole.KeptInS3!.ObjectCount, test.Test.JobCalls("CreateJob"), test.Test.Calls("CopyObject")));
        Assert.Equal(Version(partial, "16 é"), Version(whole, "16 é"));
        await BatchAsync("v3", "v2");
        Assert.Equal(0, test.Test.JobCalls("CreateJob"));

        Task<Snapshot> BatchAsync(string name, string? @base = null) => test.CaptureAsync(name, @base, order => order with { KeepBatch = new() { RoleArn = BatchTest.RoleOf(test.Test) } });
    }

    [Fact]
    public async Task A_capture_that_is_broken_off_is_not_whole_and_the_same_command_copies_only_the_rest()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(SyncTest.Cancel);
        var copied = 0;
        await using var test = await KeptTest.StartAsync((_, request, _) =>
        {
            if (request.Operation == "CopyObject" && Interlocked.Increment(ref copied) == 20) stop.Cancel();
        });
        for (var number = 0; number < 60; number++) await test.PutAsync($"{number:00}", "content");
        await KeptTest.PassSecondAsync();
        CaptureOrder order = new() { Store = test.Test.Destination, Name = "v1", Layers = ["s3"], Keep = new() { Place = KeptTest.Place }, ThrottleLimit = 4 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new CaptureRun(test.Test.Connection, order).RunAsync(_ => { }, stop.Token));
        var left = Assert.Single(SnapshotReader.List(test.Test.Destination));
        Assert.Equal((SnapshotStatus.Unfinished, KeptTest.Place), (left.Status, left.KeptInS3!.Place));
        Assert.Equal(VerificationResult.Unfinished, (await test.VerifyAsync(left)).Result);
        Assert.Equal(StoreFault.OtherOrder, (await Assert.ThrowsAsync<StoreException>(() => test.Test.CaptureAsync("v1"))).Fault);

        var whole = await test.CaptureAsync("v1");
        Assert.InRange(test.Test.Calls("CopyObject"), 30, 40);
        Assert.Equal((60, true), (whole.KeptInS3!.ObjectCount, (await test.VerifyAsync(whole)).IsWhole));
    }

    [Fact]
    public async Task A_snapshot_that_was_copied_to_S3_itself_still_knows_its_copies()
    {
        await using var test = await KeptTest.StartAsync();
        foreach (var key in (string[])["a", "b"]) await test.PutAsync(key, key);
        var snapshot = await test.CaptureAsync("v1");
        await test.Test.CreateAsync("offsite");
        List<string> warnings = [];
        SnapshotCopyOrder order = new() { Snapshot = snapshot, Destination = "s3://offsite/copies", OnWarning = warnings.Add };
        await new SnapshotCopy(test.Test.Connection, order).RunAsync(test.Test.Problems.Enqueue, SyncTest.Cancel);
        Assert.Contains(warnings, words => words.Contains(KeptTest.Place, StringComparison.Ordinal));

        Assert.True((await VerifyAsync()).IsWhole);
        await test.DeleteAsync(KeptTest.Lines(snapshot)[0].Copy);
        Assert.Equal((VerificationResult.Damaged, 1), (await VerifyAsync()) is var found ? (found.Result, found.FindingCount) : default);
        Assert.Empty(test.Test.Problems);

        Task<SnapshotVerification> VerifyAsync() => RemoteVerifier.VerifyAsync(test.Test.Connection, "s3://offsite/copies/v1", isQuick: true, null, 4, SyncTest.Cancel);
    }

    [Fact]
    public async Task Size_and_name_decide_which_buckets_are_kept_and_some_are_left_out()
    {
        await using var test = await KeptTest.StartAsync();
        foreach (var bucket in (string[])["large", "many", "named-1", "other", "small"]) await test.Test.CreateAsync(bucket);
        await test.Test.PutAsync("large", "a", "12345678901");
        foreach (var key in (string[])["1", "2", "3"]) await test.Test.PutAsync("many", key, "");
        await test.Test.PutAsync("small", "logs/1", "12345678901");
        await test.Test.PutAsync("small", "a", "1234567890");
        var snapshot = await test.CaptureAsync("v1", null, order => order with
        {
            ExcludeKeys = ["logs/*"],
            ExcludeBuckets = ["oth*"],
            Keep = new() { Place = KeptTest.Place, Above = 10, AboveCount = 2, Buckets = ["named-*"] },
        });
        Assert.Equal((3, 4, 11), (snapshot.KeptInS3!.BucketCount, snapshot.KeptInS3.ObjectCount, snapshot.KeptInS3.TotalBytes));
        Assert.Equal(["large", "many", "named-1"], Directory.GetFiles(snapshot.Path, "copies.jsonl", SearchOption.AllDirectories).Select(path => Path.GetFileName(Path.GetDirectoryName(path)!)).Order());
        Assert.True(File.Exists(Path.Combine(snapshot.Path, "s3-buckets", "small", "a")));
        Assert.False(Directory.Exists(Path.Combine(snapshot.Path, "aws-configs", "s3", "other")));
        Assert.Equal(["oth*"], snapshot.ExcludeBuckets);
    }

    [Fact]
    public async Task Copies_go_only_where_versions_are_kept()
    {
        await using var test = await KeptTest.StartAsync();
        await test.PutAsync("a", "a");
        await test.VersionAsync("vault", "Suspended");
        Assert.Equal(StoreFault.NotVersioned, (await Assert.ThrowsAsync<StoreException>(() => test.CaptureAsync("v1"))).Fault);
        Assert.Equal(["vault"], (await test.Test.KeysAsync("vault")).Append("vault"));
        Assert.Empty(Directory.GetDirectories(test.Test.Destination));
    }

    private static async Task PutOddAsync(KeptTest test)
    {
        await test.PutAsync("page", "<p>", new("content-type", "text/html; charset=utf-8"), new("cache-control", "max-age=60, public"), new("content-language", "de"),
            new("x-amz-meta-who", "=?UTF-8?B?w6Q=?="), new("x-amz-tagging", "a%26=1%20%2B&b=%C3%A4"));
        await test.PutAsync("old", "", new KeyValuePair<string, string>("x-amz-website-redirect-location", "/new?a=b"));
        await test.PutAsync("rare", "r", new KeyValuePair<string, string>("x-amz-storage-class", "STANDARD_IA"));
        await test.PutAsync("hashed", "x", new KeyValuePair<string, string>("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData("x"u8))));
        foreach (var key in (string[])["a b+c&d=é?", "dir/", "dir", "../x", "%41", "\u0001", "a//b", "CON", "A", "a", "\uFFFD", "\U0001F600"]) await test.PutAsync(key, "content of " + key);
        await test.Test.PutInPartsAsync("site", "film", [new('a', FiveMegabytes), "end"], new("x-amz-checksum-algorithm", "CRC64NVME"), new("x-amz-checksum-type", "FULL_OBJECT"), new("x-amz-meta-title", "sail"), new("x-amz-tagging", "a=1"));
    }

    private static string Version(Snapshot snapshot, string key) => KeptTest.Lines(snapshot).Single(line => line.Key == key).Copy.VersionId;

    /// <summary>What is said of objects, but for when they were written and in which parts.</summary>
    private static async Task<List<string>> ObjectsAsync(Snapshot snapshot) =>
        await SnapshotReader.ReadManifestAsync(snapshot.Path).Where(entry => entry.Object is not null)
            .Select(entry => System.Text.Json.JsonSerializer.Serialize(entry with { Object = entry.Object! with { LastModified = default, VersionId = null, ETag = "", Checksum = null } })).ToListAsync(SyncTest.Cancel);
}
