using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.S3;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sync;

public sealed class BucketSyncTests
{
    [Fact]
    public async Task Everything_is_fetched_once_and_then_nothing_is_asked_for_but_the_listing()
    {
        await using var test = await SyncTest.StartAsync("jada");
        foreach (var key in (string[])["index.html", "a b", "dir/", "dir/x", "../x", "Readme.md", "README.md", "é"]) await test.PutAsync("jada", key, "content of " + key);

        var first = await test.SyncAsync("jada");
        Assert.True(first.IsComplete);
        Assert.Equal(8, first.DownloadedCount);
        Assert.Equal("content of index.html", test.Read("jada", "index.html"));
        Assert.Equal("content of ../x", test.Read("jada", PathNames.FromKey("../x")));
        Assert.Equal(8, Directory.EnumerateFiles(Path.Combine(test.Destination, "jada"), "*", SearchOption.AllDirectories).Count());

        var second = await test.SyncAsync("jada");
        Assert.Equal(8, second.UnchangedCount);
        Assert.Equal(0, second.DownloadedCount);
        Assert.Equal(1, test.Calls("ListObjectsV2"));
        Assert.Equal(1, test.Host.Requests.Total);
    }

    [Fact]
    public async Task Copies_that_nothing_of_the_service_confirms_are_counted_as_long_as_they_are_kept()
    {
        await using var test = await SyncTest.StartAsync("jada");
        foreach (var key in (string[])["silent", "stated"]) await test.PutAsync("jada", key, "12345", new KeyValuePair<string, string>("x-amz-server-side-encryption", "aws:kms"));
        test.Host.Faults.Add(Fault.Parse("kind=nochecksum,operation=GetObject,match=silent"));
        var (first, second) = (await test.SyncAsync("jada"), await test.SyncAsync("jada"));
        Assert.Equal((2, 1), (first.DownloadedCount, first.UnverifiedCount));
        Assert.Equal((2, 1), (second.UnchangedCount, second.UnverifiedCount));
    }

    [Fact]
    public async Task Each_change_is_found_and_named()
    {
        await using var test = await SyncTest.StartAsync("jada");
        foreach (var key in (string[])["content", "size", "missing", "edited", "gone", "same"]) await test.PutAsync("jada", key, "12345");
        await test.SyncAsync("jada");

        await test.PutAsync("jada", "content", "54321");
        await test.PutAsync("jada", "size", "123456");
        await test.PutAsync("jada", "new", "n");
        await test.DeleteAsync("jada", "gone");
        File.Delete(Path.Combine(test.Destination, "jada", "missing"));
        File.WriteAllText(Path.Combine(test.Destination, "jada", "edited"), "54321");
        File.SetLastWriteTimeUtc(Path.Combine(test.Destination, "jada", "edited"), DateTime.UtcNow.AddHours(1));

        var result = await test.SyncAsync("jada");
        Assert.Equal(
            ["Download content ContentChanged", "Download edited CopyChanged", "Download missing CopyMissing", "Download new New", "Download size SizeChanged"], test.Done);
        Assert.Equal("12345", test.Read("jada", "edited"));
        Assert.Equal("123456", test.Read("jada", "size"));
        Assert.Equal(1, result.UnchangedCount);
        Assert.Equal(1, result.LeftOverCount);
        Assert.True(File.Exists(Path.Combine(test.Destination, "jada", "gone")));
        Assert.Empty((await test.SyncAsync("jada")).DownloadedCount > 0 ? test.Done : []);
    }

    [Fact]
    public async Task Copies_are_deleted_only_on_request_and_never_more_than_may_be()
    {
        await using var test = await SyncTest.StartAsync("jada");
        for (var i = 0; i < 5; i++) await test.PutAsync("jada", $"dir/{i}", "x");
        await test.PutAsync("jada", "stays", "x");
        await test.SyncAsync("jada");
        File.WriteAllText(Path.Combine(test.Destination, "jada", "own.txt"), "not a copy");
        for (var i = 0; i < 5; i++) await test.DeleteAsync("jada", $"dir/{i}");

        var refused = await test.SyncAsync("jada", order => order with { Delete = true, MaxDelete = 4 });
        Assert.Equal("DeleteLimit", Assert.Single(test.Problems).ErrorCode);
        Assert.Equal((0, 5), (refused.DeletedCount, refused.LeftOverCount));
        Assert.True(File.Exists(Path.Combine(test.Destination, "jada", "dir", "0")));

        var done = await test.SyncAsync("jada", order => order with { Delete = true, MaxDelete = 5 });
        Assert.Equal((5, 0), (done.DeletedCount, done.LeftOverCount));
        Assert.Equal(["own.txt", "stays"], Directory.EnumerateFileSystemEntries(Path.Combine(test.Destination, "jada")).Select(Path.GetFileName).Order());
        Assert.Equal(0, (await test.SyncAsync("jada", order => order with { Delete = true })).DeletedCount);
    }

    [Fact]
    public async Task Nothing_is_deleted_after_a_listing_that_did_not_come_to_its_end()
    {
        await using var test = await SyncTest.StartAsync("jada");
        await test.PutAsync("jada", "a", "x");
        await test.PutAsync("jada", "z", "x");
        await test.SyncAsync("jada");
        test.Host.Faults.Add(new Fault { Service = "s3", Operation = "ListObjectsV2", Kind = FaultKind.Deny });

        var result = await test.SyncAsync("jada", order => order with { Delete = true });
        Assert.False(result.IsComplete);
        Assert.Equal("AccessDenied", Assert.Single(test.Problems).ErrorCode);
        Assert.Equal(0, result.DeletedCount);
        Assert.True(File.Exists(Path.Combine(test.Destination, "jada", "z")));
    }

    [Fact]
    public async Task The_rule_that_is_given_last_decides()
    {
        await using var test = await SyncTest.StartAsync("jada");
        foreach (var key in (string[])["a.html", "logs/a.html", "logs/b.gz", "c.css"]) await test.PutAsync("jada", key, "x");
        await test.SyncAsync("jada", order => order with { PlanOnly = true, Rules = [new(false, "*"), new(true, "*.html"), new(false, "logs/*")] });
        Assert.Equal(["Download a.html New"], test.Done);
        await test.SyncAsync("jada", order => order with { PlanOnly = true, Rules = [new(true, "*.html"), new(false, "*")] });
        Assert.Empty(test.Done);
    }

    [Fact]
    public async Task What_a_rule_leaves_out_is_not_taken_for_gone()
    {
        await using var test = await SyncTest.StartAsync("jada");
        foreach (var key in (string[])["a.html", "logs/a.gz"]) await test.PutAsync("jada", key, "x");
        await test.SyncAsync("jada");
        var result = await test.SyncAsync("jada", order => order with { Delete = true, Rules = [new(false, "logs/*")] });
        Assert.Equal((0, 0), (result.DeletedCount, result.LeftOverCount));
        Assert.True(File.Exists(Path.Combine(test.Destination, "jada", "logs", "a.gz")));
    }

    [Fact]
    public async Task A_plan_touches_nothing_and_says_what_would_be_done()
    {
        await using var test = await SyncTest.StartAsync("jada");
        await test.PutAsync("jada", "a", "12345");
        var plan = await test.SyncAsync("jada", order => order with { PlanOnly = true });
        Assert.Equal((1, 5), (plan.DownloadedCount, plan.DownloadedBytes));
        Assert.Empty(Directory.EnumerateFileSystemEntries(test.Destination));
        Assert.Equal(0, test.Calls("GetObject"));

        await test.SyncAsync("jada");
        await test.DeleteAsync("jada", "a");
        await test.SyncAsync("jada", order => order with { PlanOnly = true, Delete = true });
        Assert.Equal(["Delete a GoneFromBucket"], test.Done);
        Assert.True(File.Exists(Path.Combine(test.Destination, "jada", "a")));
    }

    [Fact]
    public async Task An_interrupted_sync_goes_on_where_it_was()
    {
        await using var test = await SyncTest.StartAsync();
        test.Host.World.Get<S3Service>().Add(new SyntheticBucket { Name = "many", Count = 2000, Size = 100, Region = "us-west-2" });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.SyncAsync("many", stopAfter: 300));
        var done = Directory.EnumerateFiles(Path.Combine(test.Destination, "many"), "*.bin", SearchOption.AllDirectories).Count();
        Assert.InRange(done, 1, 1999);

        var result = await test.SyncAsync("many");
        Assert.True(result.IsComplete);
        Assert.Equal(2000, Directory.EnumerateFiles(Path.Combine(test.Destination, "many"), "*.bin", SearchOption.AllDirectories).Count());
        // What was whole on disk and not yet noted when the stop came is fetched again: one for each worker at most.
        Assert.InRange(result.DownloadedCount, 2000 - done, 2000 - done + 32);
    }

    [Fact]
    public async Task Two_syncs_of_one_bucket_to_one_folder_do_not_meet()
    {
        await using var test = await SyncTest.StartAsync("jada");
        await test.PutAsync("jada", "a", "x");
        using var other = SyncRecord.Open(test.Destination, "jada");
        var exception = await Assert.ThrowsAsync<StoreException>(() => test.SyncAsync("jada"));
        Assert.Equal(StoreFault.InUse, exception.Fault);
    }

    [Fact]
    public async Task Names_that_some_file_systems_confuse_stay_apart_when_a_twin_comes_and_goes()
    {
        await using var test = await SyncTest.StartAsync("jada");
        await test.PutAsync("jada", "readme", "lower");
        await test.SyncAsync("jada");
        await test.PutAsync("jada", "README", "upper");
        await test.SyncAsync("jada");
        var files = Directory.EnumerateFiles(Path.Combine(test.Destination, "jada")).ToDictionary(file => PathNames.ToKey(Path.GetFileName(file)), File.ReadAllText);
        Assert.Equal("lower", files["readme"]);
        Assert.Equal("upper", files["README"]);
        Assert.Equal(2, files.Keys.Count);

        await test.DeleteAsync("jada", "README");
        await test.SyncAsync("jada", order => order with { Delete = true });
        Assert.Equal("lower", File.ReadAllText(Assert.Single(Directory.EnumerateFiles(Path.Combine(test.Destination, "jada")))));
    }
}
