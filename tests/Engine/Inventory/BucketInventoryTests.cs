using System.Collections.Concurrent;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Inventory;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Inventory;

public sealed class BucketInventoryTests(EstateFixture estate) : IClassFixture<EstateFixture>, IDisposable
{
    private readonly ConcurrentQueue<Problem> _problems = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => estate.Host.Faults.Clear();

    [Fact]
    public async Task Every_bucket_of_the_estate_gets_the_category_of_its_role() =>
        Assert.Empty(Disagreements(await LookAsync()));

    [Fact]
    public async Task Without_tags_all_but_one_still_do()
    {
        Deny("GetBucketTagging");
        var buckets = await LookAsync();
        // Nothing but its tag says that listings of boats are assets.
        Assert.Equal(["salejada-listings: CloudFrontOrigin"], Disagreements(buckets));
        Assert.Contains("jada-logs: is the log target of jada-backup and 3 others", buckets.Select(bucket => $"{bucket.BucketName}: {bucket.CategoryReason}"));
        Assert.Equal(46, _problems.Count);
    }

    [Fact]
    public async Task By_their_names_alone_all_but_redirects_and_listings_do()
    {
        Deny("GetBucket*");
        Deny("ListDistributions");
        Assert.Equal(
            ["salejada-listings: Unknown", "www.queenofsandiego.com: ProductionSite", "www.sailjada.com: ProductionSite", "www.salejada.com: ProductionSite"],
            Disagreements(await LookAsync()));
        Assert.Equal(46 * 5 + 1, _problems.Count);
    }

    [Fact]
    public async Task No_call_is_made_twice_and_none_that_is_not_needed()
    {
        using var connection = AwsConnection.Open(estate.Options);
        connection.Calls.RememberKeys(10_000);
        await LookAsync(connection: connection);
        Assert.Empty(connection.Calls.Repeated);
        Assert.Equal(
            ["GetBucketEncryption 46", "GetBucketLogging 46", "GetBucketTagging 46", "GetBucketVersioning 46", "GetBucketWebsite 46", "ListBuckets 1", "ListDistributions 1", "ListObjectsV2 46"],
            Calls(connection));
    }

    [Fact]
    public async Task A_bucket_whose_tags_decide_needs_no_look_at_the_rest_of_the_estate()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var media = Assert.Single(await LookAsync(new() { Wanted = name => name == "jada-media" }, connection));
        Assert.Equal(BucketCategory.Media, media.Category);
        Assert.Equal(8 - 1, connection.Calls.Total);
    }

    [Fact]
    public async Task A_bucket_alone_is_still_known_as_the_log_target_of_others()
    {
        Deny("GetBucketTagging");
        using var connection = AwsConnection.Open(estate.Options);
        var logs = Assert.Single(await LookAsync(new() { Wanted = name => name == EstateNames.LogsWest, CountsObjects = false }, connection));
        Assert.Equal("is the log target of jada-backup and 3 others", logs.CategoryReason);
        Assert.Contains("GetBucketLogging 46", Calls(connection));
        Assert.Single(_problems);
    }

    [Fact]
    public async Task Where_other_buckets_do_not_tell_where_they_log_to_one_problem_says_so()
    {
        Deny("GetBucketTagging");
        Deny("GetBucketLogging");
        await LookAsync(new() { Wanted = name => name == "jada-data" });
        Assert.Equal(["GetBucketLogging", "GetBucketLogging", "GetBucketTagging"], _problems.Select(problem => problem.Operation).Order());
    }

    [Fact]
    public async Task Buckets_of_other_categories_are_asked_no_more_than_what_tells_their_category()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var found = await LookAsync(new() { Categories = new HashSet<BucketCategory> { BucketCategory.Staging } }, connection);
        Assert.Equal(["queenofsandiego.com-staging", "staging.sailjada.com"], found.Select(bucket => bucket.BucketName));
        Assert.Superset(new HashSet<string> { "GetBucketVersioning 2", "GetBucketEncryption 2", "ListObjectsV2 2" }, Calls(connection).ToHashSet());
    }

    [Fact]
    public async Task What_can_not_be_read_is_null_and_what_is_not_set_is_empty()
    {
        Deny("ListObjectsV2", "/jada-media?");
        Deny("GetBucketWebsite", "/jada-media?");
        var buckets = await LookAsync();
        var media = buckets.Single(bucket => bucket.BucketName == "jada-media");
        Assert.Null(media.ObjectCount);
        Assert.Null(media.Prefixes);
        Assert.Null(media.Website);
        Assert.Equal("", media.LogTargetBucket);
        Assert.Equal(BucketCategory.Media, media.Category);
        Assert.Equal(46, buckets.Count);
        Assert.All(_problems, problem => Assert.Equal(("jada-media", "AccessDenied"), (problem.Resource, problem.ErrorCode)));
        Assert.Equal(["GetBucketWebsite", "ListObjectsV2"], _problems.Select(problem => problem.Operation).Order());
        Assert.Equal(BucketWebsite.None, buckets.Single(bucket => bucket.BucketName == "jada-video").Website);
        Assert.Empty(buckets.Single(bucket => bucket.BucketName == EstateNames.EmptyBucket).Tags!);
    }

    [Fact]
    public async Task A_bucket_that_is_gone_is_one_problem_and_no_row()
    {
        estate.Host.Faults.Add(new() { Kind = FaultKind.Vanish, Service = "s3", Match = "/jada-media?" });
        var buckets = await LookAsync();
        Assert.DoesNotContain(buckets, bucket => bucket.BucketName == "jada-media");
        Assert.Equal(45, buckets.Count);
        Assert.Equal(("jada-media", "NoSuchBucket"), (Assert.Single(_problems).Resource, _problems.Single().ErrorCode));
    }

    [Fact]
    public async Task Settings_are_read()
    {
        var buckets = (await LookAsync(new() { CountsObjects = false })).ToDictionary(bucket => bucket.BucketName);
        Assert.Equal(BucketVersioning.Enabled, buckets[EstateNames.VersionsBucket].Versioning);
        Assert.Equal(BucketVersioning.Suspended, buckets["jada-gas-backup"].Versioning);
        Assert.Equal(BucketVersioning.Unversioned, buckets["jada-media"].Versioning);
        Assert.Equal("aws:kms", buckets["jada-bookings-export"].Encryption);
        Assert.StartsWith("arn:aws:kms:us-west-2:", buckets["jada-bookings-export"].EncryptionKeyId, StringComparison.Ordinal);
        Assert.Equal((BucketWebsite.Redirect, EstateNames.Sail), (buckets["www.sailjada.com"].Website, buckets["www.sailjada.com"].WebsiteRedirect));
        Assert.Equal((EstateNames.LogsWest, "logs/sailjada.com/"), (buckets[EstateNames.Sail].LogTargetBucket, buckets[EstateNames.Sail].LogTargetPrefix));
        Assert.Equal("us-east-1", buckets["jada-cdn-fonts"].Region);
        Assert.All(buckets.Values, bucket => Assert.Null(bucket.ObjectCount));
    }

    [Fact]
    public async Task Staging_within_a_production_bucket_is_told()
    {
        var buckets = (await LookAsync()).ToDictionary(bucket => bucket.BucketName);
        Assert.Equal(["_staging/"], buckets[EstateNames.Sale].StagingPrefixes);
        Assert.EndsWith("(salejada.com); holds staging under _staging/", buckets[EstateNames.Sale].CategoryReason, StringComparison.Ordinal);
        Assert.Equal(["staging/"], buckets[EstateNames.BobDylan].StagingPrefixes);
        Assert.Empty(buckets[EstateNames.Sail].StagingPrefixes!);
    }

    [Fact]
    public async Task A_bucket_is_handed_on_while_a_larger_one_is_still_being_listed()
    {
        estate.Host.Faults.Add(new() { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(30), Service = "s3", Operation = "ListObjectsV2", Match = "/jada-media?" });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var connection = AwsConnection.Open(estate.Options);
        var run = new BucketInventoryRun(connection, new());
        var seen = 0;
        var started = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var bucket in run.RunAsync(_problems.Enqueue, stop.Token))
            {
                Assert.NotEqual("jada-media", bucket.BucketName);
                if (++seen == 45) await stop.CancelAsync();
            }
        });
        Assert.Equal((46, 45), (run.Progress.BucketsFound, seen));
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(25));
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task The_first_buckets_are_handed_on_before_most_others_are_asked_anything_but_where_they_log_to()
    {
        estate.Host.Requests.Clear();
        using var connection = AwsConnection.Open(estate.Options);
        string? first = null;
        await foreach (var bucket in new BucketInventoryRun(connection, new() { ThrottleLimit = 1 }).RunAsync(_problems.Enqueue, Cancel))
        {
            first = bucket.BucketName;
            break;
        }
        // What is asked after its last call may be asked before it is looked at.
        var calls = estate.Host.Requests.Entries.OrderBy(call => call.Sequence).ToList();
        Assert.InRange(1 + calls.FindLastIndex(call => call.Target.StartsWith($"/{first}?", StringComparison.Ordinal)), 1 + 46 + 5, 1 + 46 + 5 * 10);
    }

    [Fact]
    public async Task Small_buckets_are_not_held_up_by_large_ones_even_where_calls_go_one_by_one()
    {
        await using var host = await SandboxHost.StartAsync(new()
        {
            Estate = SandboxEstate.Empty,
            Budgets = false,
            SyntheticBuckets = [new() { Name = "a-small", Count = 5, Size = 1 }, new() { Name = "large", Count = 60_000, Size = 1 }, new() { Name = "z-small", Count = 5, Size = 1 }],
        }, Cancel);
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        List<long?> counts = [];
        await foreach (var bucket in new BucketInventoryRun(connection, new() { ThrottleLimit = 1 }).RunAsync(_problems.Enqueue, Cancel)) counts.Add(bucket.ObjectCount);
        Assert.Equal([5, 5, 60_000], counts);
    }

    [Fact]
    public async Task Never_more_calls_are_under_way_than_are_allowed()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Latency = TimeSpan.FromMilliseconds(20) }, Cancel);
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        await foreach (var _ in new BucketInventoryRun(connection, new() { ThrottleLimit = 4 }).RunAsync(_problems.Enqueue, Cancel)) { }
        var calls = host.Requests.Entries.Where(call => call.Service is "s3" or "cloudfront").ToList();
        // Every call lasts about the latency and no less than half of it; when exactly the client has its answer is not known here.
        var most = calls.Max(call => calls.Count(other => other.Started <= call.Started && call.Started < other.Started + host.Options.Latency / 2));
        Assert.InRange(most, 2, 4);
    }

    private void Deny(string operation, string? match = null) => estate.Host.Faults.Add(new() { Kind = FaultKind.Deny, Operation = operation, Match = match });

    private async Task<List<BucketInventory>> LookAsync(BucketInventoryOrder? order = null, AwsConnection? connection = null)
    {
        using var own = connection is null ? AwsConnection.Open(estate.Options) : null;
        List<BucketInventory> buckets = [];
        await foreach (var bucket in new BucketInventoryRun(connection ?? own!, order ?? new()).RunAsync(_problems.Enqueue, Cancel)) buckets.Add(bucket);
        return [.. buckets.OrderBy(bucket => bucket.BucketName, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Calls(AwsConnection connection) => connection.Calls.Counts.Select(count => (count.Operation, count.Calls))
        .GroupBy(count => count.Operation, (operation, counts) => $"{operation} {counts.Sum(count => count.Calls)}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Disagreements(IEnumerable<BucketInventory> buckets) =>
        from bucket in buckets where bucket.Category != EstateRoles.Of(bucket.BucketName) select $"{bucket.BucketName}: {bucket.Category}";
}

/// <summary>What each bucket of the sandbox's estate is for.</summary>
internal static class EstateRoles
{
    private static readonly Dictionary<BucketCategory, string[]> Roles = new()
    {
        [BucketCategory.ProductionSite] = [.. EstateNames.Sites, .. EstateNames.SubSites],
        [BucketCategory.Staging] = ["queenofsandiego.com-staging", "staging.sailjada.com"],
        [BucketCategory.Media] = ["jada-media", "jada-media-archive", "jada-photos-originals", "jada-photos-web", "jada-video", "sailjada-assets", "queenofsandiego-assets", "salejada-listings", "jada-brand", EstateNames.OddKeysBucket],
        [BucketCategory.CloudFrontOrigin] = ["jada-cdn-origin-queenofsandiego", "jada-cdn-origin-sailjada", "jada-cdn-origin-salejada", "jada-cdn-origin-shared", "jada-cdn-fonts"],
        [BucketCategory.LambdaSource] = [EstateNames.CodeBucketWest, EstateNames.CodeBucketEast, EstateNames.LayerBucket],
        [BucketCategory.Operational] =
        [
            .. EstateNames.Sites.Select(site => "www." + site), EstateNames.LogsWest, EstateNames.LogsEast, EstateNames.DistributionLogs, "jada-backup", EstateNames.VersionsBucket, "jada-gas-backup",
            "jada-data", "jada-bookings-export", "jada-dashboard", "jada-monitoring", "jada-ops-memory", EstateNames.EmptyBucket,
        ],
    };

    public static BucketCategory Of(string bucket) => Roles.Single(role => role.Value.Contains(bucket)).Key;
}
