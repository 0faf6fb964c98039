using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Inventory;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Engine.Tests.Sync;
using Xunit;

namespace JadaSnapshot.Engine.Tests.InventoryReports;

public sealed class FromInventoryTests
{
    private static readonly DateTimeOffset Yesterday = new(DateTime.UtcNow.Date.AddHours(-12), TimeSpan.Zero);

    [Fact]
    public async Task A_sync_by_inventory_brings_what_a_sync_by_listing_would_and_asks_for_no_listing_of_the_bucket()
    {
        await using var test = await WithAsync("index.html", "img/a b.png", "img/é", "dir/");
        var result = await SyncAsync(test);
        Assert.True(result.IsComplete);
        Assert.Equal((4, 4, 0, Yesterday), (result.ObjectCount, result.DownloadedCount, result.GoneCount, result.ListedAt));
        Assert.DoesNotContain(test.World.Host.Requests.Entries, entry => entry.Operation == "ListObjectsV2" && entry.Target.StartsWith("/jada", StringComparison.Ordinal));

        var (again, listed) = (await SyncAsync(test), await test.World.SyncAsync("jada"));
        Assert.Equal((4, 4), (again.UnchangedCount, listed.UnchangedCount));
        Assert.Null(listed.ListedAt);
    }

    [Fact]
    public async Task What_is_gone_since_is_no_problem_what_changed_is_taken_as_it_is_and_what_came_is_left_for_the_next_report()
    {
        await using var test = await WithAsync("same", "changed", "gone");
        await test.World.PutAsync("jada", "changed", "other words");
        await test.World.PutAsync("jada", "new", "new");
        await test.World.DeleteAsync("jada", "gone");

        var result = await SyncAsync(test);
        Assert.Empty(test.World.Problems);
        Assert.Equal((true, 2, 1), (result.IsComplete, result.DownloadedCount, result.GoneCount));
        Assert.Equal("other words", test.World.Read("jada", "changed"));
        Assert.False(File.Exists(Path.Combine(test.World.Destination, "jada", "new")));

        // What is known to be newer than the report is not fetched again by its word, and nothing that came since is called left over.
        await test.World.SyncAsync("jada");
        var again = await SyncAsync(test);
        Assert.Equal((0, 2, 0, 1), (again.DownloadedCount, again.UnchangedCount, again.LeftOverCount, again.GoneCount));
        Assert.Equal("new", test.World.Read("jada", "new"));
    }

    [Fact]
    public async Task Nothing_is_deleted_on_the_word_of_an_inventory()
    {
        await using var test = await WithAsync("kept", "old");
        await test.World.SyncAsync("jada");
        await test.World.DeleteAsync("jada", "old");
        test.Deliver();
        Assert.Equal(1, (await SyncAsync(test)).LeftOverCount);
        Assert.True(File.Exists(Path.Combine(test.World.Destination, "jada", "old")));
        await Assert.ThrowsAsync<ArgumentException>(() => SyncAsync(test, order => order with { Delete = true }));
        await Assert.ThrowsAsync<ArgumentException>(() => test.World.CopyAsync(new() { Source = new("jada"), Destination = new("copies"), Delete = true, FromInventory = test.Origins.Add }));
    }

    [Fact]
    public async Task A_report_that_was_tampered_with_ends_a_sync_before_anything_is_fetched()
    {
        await using var test = await WithAsync("index.html");
        var file = (await test.World.KeysAsync("reports")).First(key => key.Contains("/data/", StringComparison.Ordinal));
        await test.PutAsync(file, InventoryTest.Gzip("nothing of it"));
        var result = await SyncAsync(test);
        Assert.Equal((false, 0), (result.IsComplete, result.DownloadedCount));
        Assert.Equal("DamagedInventory", Assert.Single(test.World.Problems).ErrorCode);
    }

    [Fact]
    public async Task A_copy_between_buckets_takes_the_source_from_its_inventory_and_the_destination_as_it_is()
    {
        await using var test = await WithAsync("same", "changed", "gone");
        await test.World.CreateAsync("copies");
        await test.World.PutAsync("copies", "same", "content of same");
        await test.World.PutAsync("jada", "changed", "other words");
        await test.World.DeleteAsync("jada", "gone");

        var result = await test.World.CopyAsync(new() { Source = new("jada"), Destination = new("copies"), FromInventory = test.Origins.Add });
        Assert.Empty(test.World.Problems);
        Assert.Equal((3, 1, 1, 1, Yesterday), (result.ObjectCount, result.CopiedCount, result.UnchangedCount, result.GoneCount, result.ListedAt));
        Assert.Equal("other words", (await test.World.GetAsync("copies", "changed")).Content);
        Assert.Equal(["jada"], test.Origins.Select(origin => origin.Place.ToString()));
    }

    [Fact]
    public async Task Staging_is_compared_by_inventory_and_the_summary_says_how_old_it_is()
    {
        await using var test = await WithAsync("_staging/same", "_staging/new", "_staging/gone", "same", "gone");
        await test.World.PutAsync("jada", "same", "content of _staging/same");
        test.Deliver(Yesterday);
        await test.World.DeleteAsync("jada", "_staging/gone");
        var pair = new StagingPair { Production = new("jada"), Staging = new("jada", "_staging/") };
        using var comparison = new StagingComparison(test.World.Connection, new() { Sites = [new() { Name = "jada", Buckets = ["jada"], Staging = [pair] }], FromInventory = test.Origins.Add });
        var found = await comparison.CompareAsync(_ => { }, test.World.Problems.Enqueue, SyncTest.Cancel).ToListAsync(SyncTest.Cancel);

        Assert.Empty(test.World.Problems);
        Assert.Equal(["gone Content", "new OnlyInOther"], found.Select(difference => $"{difference.Key} {difference.Kind}").Order(StringComparer.Ordinal));
        var summary = Assert.Single(comparison.Summaries);
        Assert.Equal((Yesterday, Yesterday, 0), (summary.ProductionListedAt!.Value, summary.StagingListedAt!.Value, summary.ProblemCount));
    }

    [Fact]
    public async Task What_a_comparison_has_to_look_at_and_is_gone_since_is_missing_and_no_problem()
    {
        await using var test = await WithAsync("_staging/a", "a");
        // As long and with another ETag, so that it has to be looked at.
        await test.World.PutAsync("jada", "_staging/a", "CONTENT OF _staging/a");
        await test.World.PutAsync("jada", "a", "content of _staging/a");
        test.Deliver(Yesterday);
        await test.World.DeleteAsync("jada", "_staging/a");
        var pair = new StagingPair { Production = new("jada"), Staging = new("jada", "_staging/") };
        using var comparison = new StagingComparison(test.World.Connection, new() { Sites = [new() { Name = "jada", Buckets = ["jada"], Staging = [pair] }], FromInventory = test.Origins.Add });
        var found = await comparison.CompareAsync(_ => { }, test.World.Problems.Enqueue, SyncTest.Cancel).ToListAsync(SyncTest.Cancel);
        Assert.Empty(test.World.Problems);
        Assert.Equal(DifferenceKind.OnlyInReference, Assert.Single(found).Kind);
    }

    [Fact]
    public async Task Buckets_are_counted_by_their_reports_with_the_date_and_the_others_are_listed()
    {
        await using var test = await WithAsync("img/a", "img/b", "index.html");
        await test.World.PutAsync("jada", "later", "later");
        var run = new BucketInventoryRun(test.World.Connection, new() { FromInventory = test.Origins.Add });
        var buckets = await run.RunAsync(test.World.Problems.Enqueue, SyncTest.Cancel).ToDictionaryAsync(bucket => bucket.BucketName, cancellationToken: SyncTest.Cancel);

        Assert.Empty(test.World.Problems);
        var (jada, reports) = (buckets["jada"], buckets["reports"]);
        Assert.Equal((3L, Yesterday), (jada.ObjectCount, jada.ListedAt));
        Assert.Equal(["", "img/"], jada.Prefixes!.Keys);
        Assert.Equal(3, jada.StorageClasses!["STANDARD"].ObjectCount);
        Assert.Null(reports.ListedAt);
        Assert.True(reports.ObjectCount > 3);
        Assert.Equal("it has no inventory configuration", test.Origins.Single(origin => origin.Place.BucketName == "reports").WhyListed);
    }

    private static async Task<InventoryTest> WithAsync(params string[] keys)
    {
        var test = await InventoryTest.StartAsync();
        test.World.Host.World.PretendedTime = Yesterday.AddHours(-1);
        foreach (var key in keys) await test.World.PutAsync("jada", key, "content of " + key);
        test.Deliver(Yesterday);
        return test;
    }

    private static Task<BucketSyncResult> SyncAsync(InventoryTest test, Func<SyncOrder, SyncOrder>? change = null) =>
        test.World.SyncAsync("jada", order => (change ?? (same => same))(order with { FromInventory = test.Origins.Add }));
}
