using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Sync;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Copies;

public sealed class SnapshotCopyTests
{
    [Fact]
    public async Task A_snapshot_that_was_copied_to_S3_and_back_is_identical()
    {
        await using var test = await CopyTest.StartAsync();
        string[] keys = ["a b+c&d=é?", "dir/", "dir", "../x", "%41", "\u0001", "a//b", "CON", "A", "a"];
        await test.Test.PutAsync("site", "empty", "");
        await test.Test.PutAsync("site", "film", new string('f', CopyTest.FiveMegabytes + 7));
        var snapshot = await test.CaptureAsync("v1.0", keys);
        var local = CopyTest.Tree(snapshot.Path);

        var result = await test.CopyAsync(snapshot, CopyTest.Offsite);
        Assert.Empty(test.Problems);
        Assert.Equal((SnapshotStatus.Complete, $"{CopyTest.Offsite}/v1.0", snapshot.FileCount + 3, 0), (result.Status, result.Path, result.CopiedCount, result.UnchangedCount));
        Assert.Equal(result.TotalBytes, result.CopiedBytes);
        Assert.Equal((2, 0), (test.Test.Calls("UploadPart"), test.Test.Calls("HeadObject")));
        Assert.Equal(await SnapshotReader.ReadManifestAsync(snapshot.Path).Select(entry => $"copies/v1.0/{entry.Path}").Concat(SnapshotDocuments.Names.Select(name => $"copies/v1.0/{name}").ToAsyncEnumerable())
            .Order(StringComparer.Ordinal).ToListAsync(SyncTest.Cancel), (await test.Test.KeysAsync("offsite")).Order(StringComparer.Ordinal));

        var remote = await test.RemoteAsync("v1.0");
        Assert.Equal(snapshot with { Path = remote.Path, Store = CopyTest.Offsite, Regions = remote.Regions, Layers = remote.Layers, ExcludeKeys = remote.ExcludeKeys, Includes = remote.Includes }, remote);
        Assert.Equal(SnapshotStatus.Complete, (await test.CopyAsync(remote, test.Back)).Status);
        Assert.Equal(local, CopyTest.Tree(Path.Combine(test.Back, "v1.0")));
        Assert.Equal(VerificationResult.Whole, (await SnapshotVerifier.VerifyAsync(Path.Combine(test.Back, "v1.0"), null, SyncTest.Cancel)).Result);
        Assert.Equal(File.GetLastWriteTimeUtc(Path.Combine(snapshot.Path, "s3-buckets/site/A")), File.GetLastWriteTimeUtc(Path.Combine(test.Back, "v1.0/s3-buckets/site/A")));
        Assert.Equal(["v1.0"], Directory.EnumerateFileSystemEntries(test.Back).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_is_there_as_a_whole_costs_a_listing_and_no_more()
    {
        await using var test = await CopyTest.StartAsync();
        var snapshot = await test.CaptureAsync("v1.0", "a", "b");
        await test.CopyAsync(snapshot, CopyTest.Offsite);
        var again = await test.CopyAsync(snapshot, CopyTest.Offsite);
        Assert.Equal((snapshot.FileCount + 3, 0, SnapshotStatus.Complete), (again.UnchangedCount, again.CopiedCount, again.Status));
        Assert.Equal((1, 1, 0), (test.Test.Calls("GetObject"), test.Test.Calls("ListObjectsV2"), test.Test.Calls("HeadObject")));
        Assert.Empty(await test.SentAsync());
    }

    [Fact]
    public async Task Of_a_second_snapshot_only_what_differs_is_sent_and_S3_copies_the_rest()
    {
        await using var test = await CopyTest.StartAsync();
        await test.CopyAsync(await test.CaptureAsync("v1.0", "same", "changed", "spoilt"), CopyTest.Offsite);
        var spoilt = "copies/v1.0/s3-buckets/site/spoilt";
        await test.PutAsync(spoilt, "v1.0 spoilT");
        var second = await test.CaptureAsync("v1.1", "changed", "new");

        var result = await test.CopyAsync(second, CopyTest.Offsite);
        Assert.Empty(test.Problems);
        Assert.Equal(("v1.0", SnapshotStatus.Complete), (result.Base, result.Status));
        var sent = await test.SentAsync();
        Assert.Equal(["changed", "new", "spoilt"], sent.Where(key => key.Contains("/s3-buckets/", StringComparison.Ordinal)).Select(key => key.Split('/')[^1]));
        Assert.Equal((result.CopiedCount, result.TakenCount + 1), (sent.Length, test.Test.Calls("CopyObject")));
        Assert.Equal("v1.0 spoilt", (await test.Test.GetAsync("offsite", spoilt.Replace("v1.0", "v1.1", StringComparison.Ordinal))).Content);

        await test.CopyAsync(await test.RemoteAsync("v1.1"), test.Back);
        Assert.Equal(CopyTest.Tree(second.Path), CopyTest.Tree(Path.Combine(test.Back, "v1.1")));
    }

    [Fact]
    public async Task A_bit_that_flipped_in_the_source_is_named_and_the_copy_is_never_whole()
    {
        await using var test = await CopyTest.StartAsync();
        var snapshot = await test.CaptureAsync("v1.0", "a", "b");
        var file = Path.Combine(snapshot.Path, "s3-buckets/site/b");
        File.Delete(file);
        await File.WriteAllTextAsync(file, "v1.0 c", SyncTest.Cancel);
        foreach (var destination in (string[])[CopyTest.Offsite, test.Back])
        {
            var result = await test.CopyAsync(snapshot, destination);
            Assert.Equal(("s3-buckets/site/b", "Damaged"), (Assert.Single(test.Problems).Resource, test.Problems.First().ErrorCode));
            Assert.Equal((SnapshotStatus.Unfinished, 1), (result.Status, result.ProblemCount));
        }
        Assert.Equal(SnapshotStatus.Unfinished, (await test.RemoteAsync("v1.0")).Status);
        Assert.Equal(SnapshotStatus.Unfinished, Assert.Single(SnapshotReader.List(test.Back)).Status);

        await File.WriteAllTextAsync(file, "v1.0 b", SyncTest.Cancel);
        var mended = await test.CopyAsync(snapshot, CopyTest.Offsite);
        Assert.Equal((SnapshotStatus.Complete, snapshot.FileCount - 1, snapshot.FileCount - 1), (mended.Status, mended.UnchangedCount, test.Test.Calls("HeadObject")));
        Assert.Equal(SnapshotStatus.Complete, (await test.CopyAsync(snapshot, test.Back)).Status);
    }

    [Fact]
    public async Task What_lies_at_the_destination_is_never_written_over()
    {
        await using var test = await CopyTest.StartAsync();
        var snapshot = await test.CaptureAsync("v1.0", "a", "b");
        await test.PutAsync("copies/v1.0/s3-buckets/site/a", "v1.0 A");
        await test.PutAsync("copies/v1.0/s3-buckets/site/b", "v1.0 b");
        await test.PutAsync("copies/v1.0/stranger", "");
        var result = await test.CopyAsync(snapshot, CopyTest.Offsite);
        Assert.Equal(["s3-buckets/site/a", "stranger"], test.Problems.Select(problem => problem.Resource).Order(StringComparer.Ordinal));
        Assert.Equal((SnapshotStatus.Unfinished, 1), (result.Status, result.UnchangedCount));
        Assert.Equal("v1.0 A", (await test.Test.GetAsync("offsite", "copies/v1.0/s3-buckets/site/a")).Content);

        await test.CopyAsync(snapshot, "s3://offsite/other");
        Directory.Move(snapshot.Path, snapshot.Path + "-before");
        var refusal = await Assert.ThrowsAsync<StoreException>(async () => await test.CopyAsync(await test.CaptureAsync("v1.0", "c"), "s3://offsite/other"));
        Assert.Equal(StoreFault.SnapshotExists, refusal.Fault);
    }

    [Fact]
    public async Task What_comes_to_the_destination_after_it_was_listed_is_not_written_over()
    {
        Func<Task>? meanwhile = null;
        await using var test = await CopyTest.StartAsync((_, request, _) =>
        {
            if (request.Operation == "ListObjectsV2" && request.Parameter("delimiter") is null && Interlocked.Exchange(ref meanwhile, null) is { } once) once().Wait();
        });
        var snapshot = await test.CaptureAsync("v1.0", "a", "b");
        meanwhile = async () =>
        {
            await test.PutAsync("copies/v1.0/s3-buckets/site/a", "v1.0 A");
            await test.PutAsync("copies/v1.0/s3-buckets/site/b", "v1.0 b");
        };
        var result = await test.CopyAsync(snapshot, CopyTest.Offsite);
        Assert.Equal(("s3-buckets/site/a", 1), (Assert.Single(test.Problems).Resource, result.UnchangedCount));
        Assert.Equal("v1.0 A", (await test.Test.GetAsync("offsite", "copies/v1.0/s3-buckets/site/a")).Content);
    }

    [Fact]
    public async Task A_plan_counts_what_would_be_done_and_changes_nothing()
    {
        await using var test = await CopyTest.StartAsync();
        await test.CopyAsync(await test.CaptureAsync("v1.0", "a", "b"), CopyTest.Offsite);
        var second = await test.CaptureAsync("v1.1", "b");
        foreach (var destination in (string[])[CopyTest.Offsite, Path.Combine(test.Back, "store")])
        {
            var plan = await test.CopyAsync(second, destination, order => order with { PlanOnly = true });
            Assert.DoesNotContain(test.Test.Host.Requests.Entries, request => request.Method is not ("GET" or "HEAD"));
            Assert.False(Directory.Exists(destination));
            var done = await test.CopyAsync(second, destination);
            Assert.Equal((done.CopiedCount, done.CopiedBytes, done.TakenCount), (plan.CopiedCount, plan.CopiedBytes, plan.TakenCount));
        }
    }

    [Fact]
    public async Task From_folder_to_folder_files_are_copied_and_those_of_an_earlier_copy_linked()
    {
        await using var test = await CopyTest.StartAsync();
        await test.CopyAsync(await test.CaptureAsync("v1.0", "a", "b"), test.Back);
        var second = await test.CaptureAsync("v1.1", "b");
        var result = await test.CopyAsync(second, test.Back);
        Assert.Equal(("v1.0", SnapshotStatus.Complete), (result.Base, result.Status));
        Assert.Equal(CopyTest.Tree(second.Path), CopyTest.Tree(Path.Combine(test.Back, "v1.1")));
        Assert.Empty(test.Test.Host.Requests.Entries);

        // A time is the file's, whatever its names.
        File.SetLastWriteTimeUtc(Path.Combine(test.Back, "v1.0/s3-buckets/site/a"), DateTime.UnixEpoch);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Path.Combine(test.Back, "v1.1/s3-buckets/site/a")));
        Assert.NotEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Path.Combine(second.Path, "s3-buckets/site/a")));
        Assert.Equal(result.FileCount, (await test.CopyAsync(second, test.Back)).UnchangedCount);
    }
}
