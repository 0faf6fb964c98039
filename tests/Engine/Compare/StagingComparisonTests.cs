using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Layers;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.S3;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Compare;

public sealed class StagingComparisonTests(StagingComparisonTests.Fixture estate) : LayerTest, IClassFixture<StagingComparisonTests.Fixture>
{
    [Fact]
    public async Task The_planted_drift_is_found_all_of_it_and_nothing_else()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var file = (await new EstateProposal(connection, new() { Path = Path.Combine(Store, "jada.json") }).RunAsync(_ => { }, Problems.Enqueue, Cancel)).Require();
        var (differences, summaries) = await CompareAsync(new() { Sites = file.Sites });

        Assert.Empty(Problems);
        Assert.Equal(
            EstateBuilder.PlantedDrift.Select(drift => $"{drift.Pair.StagingBucket}/{drift.Pair.StagingPrefix}{drift.Path}").Order(StringComparer.Ordinal),
            differences.Where(difference => difference.Layer == "s3").Select(difference => $"{difference.OtherPlace!.BucketName}/{difference.OtherPlace.Prefix}{difference.Key}").Order(StringComparer.Ordinal));
        var misrouted = Assert.Single(differences, difference => difference.Layer == "cloudfront");
        Assert.Equal(("staging", "is to serve staging, and reads production: events.queenofsandiego.com"), (misrouted.Side, misrouted.Reason));
        Assert.Equal(4, summaries.Count);
        Assert.All(summaries, pair => Assert.Equal(pair.ProductionCount, pair.StagingCount));
        Assert.Equal(EstateBuilder.PlantedDrift.Count, summaries.Sum(pair => pair.ChangedCount));
    }

    [Fact]
    public async Task What_is_meant_to_differ_is_told_apart_and_counts_as_equal()
    {
        var site = Sail([new("calendar.html", "it shows what is next"), new("charters.*", "prices")]);
        var (differences, summaries) = await CompareAsync(new() { Sites = [site] });

        Assert.Equal(["it shows what is next", "prices"], differences.Select(difference => difference.MeantToDiffer));
        Assert.Equal((2L, 0L, true), (summaries[0].MeantToDifferCount, summaries[0].ChangedCount, summaries[0].IsEqual));
    }

    [Fact]
    public async Task Nothing_but_listings_is_asked_for_where_sizes_and_ETags_say_it_all_and_everything_where_metadata_counts()
    {
        estate.Host.Requests.Clear();
        await CompareAsync(new() { Sites = [Sail([])] });
        Assert.Equal((2, 0), (estate.Host.Requests.Count("s3", "ListObjectsV2"), estate.Host.Requests.Count("s3", "HeadObject")));

        var (differences, _) = await CompareAsync(new() { Sites = [Sail([])], WithMetadata = true });
        Assert.All(differences, difference => Assert.Equal(DifferenceKind.Content, difference.Kind));
        Assert.InRange(estate.Host.Requests.Count("s3", "HeadObject"), 200, 260);
    }

    [Fact]
    public async Task A_listing_that_breaks_off_says_nothing_of_what_it_did_not_show()
    {
        estate.Host.Faults.Add(Fault.Parse("service=s3,operation=ListObjectsV2,match=/staging.sailjada.com,kind=deny"));
        try
        {
            var (differences, summaries) = await CompareAsync(new() { Sites = [Sail([])] });
            Assert.Empty(differences);
            Assert.Equal("AccessDenied", Assert.Single(Problems).ErrorCode);
            Assert.False(summaries[0].IsEqual);
        }
        finally
        {
            estate.Host.Faults.Clear();
        }
    }

    [Fact]
    public async Task Two_places_of_many_keys_take_a_request_for_each_thousand_of_a_side()
    {
        // Few enough pages that a slow machine, which looks like a slow service, has no stretches listed side by side.
        await using var host = await SandboxHost.StartAsync(
            new() { Budgets = false, Estate = SandboxEstate.Empty, SyntheticBuckets = [.. ((string[])["live", "next"]).Select(name => new SyntheticBucket { Name = name, Count = 19_000, Size = 10, Region = "us-west-2" })] }, Cancel);
        using var comparison = new StagingComparison(AwsConnection.Open(EstateFixture.OptionsFor(host)), new() { Sites = [Site("live", "next", [])] });
        Assert.Empty(await comparison.CompareAsync(_ => { }, Problems.Enqueue, Cancel).ToListAsync(Cancel));
        Assert.Equal(19_000, Assert.Single(comparison.Summaries).StagingCount);
        Assert.Equal(38, host.Requests.Count("s3", "ListObjectsV2"));
        Assert.Equal(0, host.Requests.Count("s3", "HeadObject"));
    }

    [Fact]
    public async Task An_invalidation_is_waited_for_and_one_that_is_refused_says_why()
    {
        using var connection = AwsConnection.Open(estate.Options);
        List<string?> seen = [];
        var id = (await new EstateProposal(connection, new() { Path = Path.Combine(Store, "jada.json") }).RunAsync(_ => { }, Problems.Enqueue, Cancel)).Require().Sites[0].StagingDistributions[0];
        var done = await new InvalidationRun(connection).RunAsync(id, ["/index.html", "/"], TimeSpan.FromSeconds(20), invalidation => seen.Add(invalidation.Status), Cancel);
        Assert.Equal(("Completed", "InProgress"), (done.Status, seen[0]));
        var refused = await Assert.ThrowsAsync<ServiceException>(() => new InvalidationRun(connection).RunAsync("ENOSUCH", ["/*"], TimeSpan.Zero, _ => { }, Cancel));
        Assert.Equal("NoSuchDistribution", refused.Code);
    }

    [Theory]
    [InlineData(4, "/a/1 /a/2 /b/1 /c", "/a/1 /a/2 /b/1 /c")]
    [InlineData(3, "/a/1 /a/2 /b/1 /c", "/a/* /b/1 /c")]
    [InlineData(2, "/a/1 /a/2 /b/1 /c", "/*")]
    [InlineData(1, "/a/b/c /a/b/d", "/a/b/*")]
    public void Many_paths_become_few_with_stars_and_none_is_lost(int most, string paths, string folded)
    {
        Assert.Equal(folded.Split(' '), InvalidationPaths.Fold(paths.Split(' '), most));
        Assert.All(paths.Split(' '), path => Assert.Contains(folded.Split(' '), pattern => pattern == path || (pattern.EndsWith('*') && path.StartsWith(pattern[..^1], StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("index.html", "/index.html /")]
    [InlineData("a b/index.html", "/a%20b/index.html /a%20b/")]
    [InlineData("x*y.css", "/x%2Ay.css")]
    public void A_key_is_the_paths_by_which_viewers_ask_for_it(string key, string paths) => Assert.Equal(paths.Split(' '), InvalidationPaths.Of(key));

    private async Task<(List<Difference> Differences, IReadOnlyList<StagingSummary> Summaries)> CompareAsync(StagingOrder order)
    {
        using var connection = AwsConnection.Open(estate.Options);
        using var comparison = new StagingComparison(connection, order);
        var differences = await comparison.CompareAsync(_ => { }, Problems.Enqueue, Cancel).ToListAsync(Cancel);
        return (differences, comparison.Summaries);
    }

    private static EstateSite Sail(IReadOnlyList<DifferenceRule> meant) => Site("sailjada.com", "staging.sailjada.com", meant);

    private static EstateSite Site(string production, string staging, IReadOnlyList<DifferenceRule> meant) =>
        new() { Name = production, Buckets = [production], Staging = [new() { Production = new(production), Staging = new(staging), MeantToDiffer = meant }] };

    /// <summary>An estate whose faults and log are this class's alone.</summary>
    public sealed class Fixture : EstateFixture;
}
