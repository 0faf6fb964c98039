using System.Collections.Concurrent;
using System.Text;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.EstateFiles;

public sealed class EstateProposalTests(EstateFixture estate) : IClassFixture<EstateFixture>, IDisposable
{
    private readonly ConcurrentQueue<Problem> _problems = new();
    private readonly AwsConnection _connection = AwsConnection.Open(estate.Options);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        estate.Host.Faults.Clear();
        _connection.Dispose();
    }

    [Fact]
    public async Task The_staging_of_the_estate_is_proposed_and_nothing_else()
    {
        var proposed = (await ProposeAsync()).Require();
        Assert.Empty(_problems);
        Assert.Equal(
            EstateNames.StagingPairs.Select(pair => $"{new BucketPlace(pair.StagingBucket, pair.StagingPrefix)} → {new BucketPlace(pair.Bucket, pair.Prefix)}").Order(StringComparer.Ordinal),
            proposed.Sites.SelectMany(site => site.Staging).Select(pair => $"{pair}").Order(StringComparer.Ordinal));
        Assert.Equal(EstateNames.Sites.Order(StringComparer.Ordinal), proposed.Sites.Select(site => site.Name));
        Assert.Equal((33, 33), (proposed.Sites.Sum(site => site.ProductionDistributions.Count), proposed.Sites.Sum(site => site.StagingDistributions.Count)));
        Assert.All(proposed.Sites.SelectMany(site => site.Staging), pair => Assert.Equal("robots.txt", Assert.Single(pair.MeantToDiffer).Pattern));
    }

    [Fact]
    public async Task A_proposal_finds_one_thing_wrong_the_distribution_that_is_wrongly_routed()
    {
        var document = await ProposeAsync();
        var finding = Assert.Single(await new EstateCheck(_connection, document).RunAsync(_problems.Enqueue, Cancel));
        Assert.Empty(_problems);
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.Contains("reads production: events.queenofsandiego.com.", finding.Message, StringComparison.Ordinal);
        Assert.StartsWith("/sites/queenofsandiego.com/distributions/staging/", finding.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_name_that_leads_nowhere_is_found_with_what_was_probably_meant()
    {
        var document = EstateDocument.Parse("/nowhere/jada.json", Encoding.UTF8.GetBytes("""
            {
              "account": "123456789012",
              "snapshot": { "base": "v0.9", "excludeKeys": ["logs/*", "previous-snapshot/*"], "instanceSnapshots": ["jada-wbe"] },
              "localRoots": { "tools": { "path": "tools" } },
              "categories": { "ops-*": "Operational", "jada-*": "Media" },
              "meantToDiffer": { "robots.txt": "x", "robot.txt": "x", "*.map": "x" },
              "sites": {
                "sail": {
                  "zones": ["sailjda.com"],
                  "buckets": ["sailjada.com", "sailjada-asset", "jada-media", "jada-logs", "jada-processing-tmp"],
                  "staging": [
                    { "place": "stagin.sailjada.com", "standsFor": "sailjada.com" },
                    { "place": "sailjada.com/_staging/", "standsFor": "sailjada.com" },
                    { "place": "jada-media", "standsFor": "jada-logs" },
                    { "place": "jada-brand", "standsFor": "jada-processing-tmp" },
                  ],
                  "distributions": { "production": ["E0000000000000"] },
                },
              },
            }
            """));
        var findings = await new EstateCheck(_connection, document).RunAsync(_problems.Enqueue, Cancel);
        Assert.Empty(_problems);
        Assert.Equal(
            [
                "2 Error: The credentials are of the account 782785212866, and the file is about the account 123456789012.",
                "3 Warning: There is no snapshot v0.9.",
                "3 Warning: No key matches 'previous-snapshot/*'.",
                "3 Error: There is no Lightsail instance 'jada-wbe'. Did you mean 'jada-web'?",
                "4 Error: There is nothing at /nowhere/tools.",
                "5 Warning: No bucket's name matches 'ops-*'.",
                "6 Warning: No key matches 'robot.txt'.",
                "6 Warning: No key matches '*.map'.",
                "9 Error: There is no hosted zone 'sailjda.com'. Did you mean 'sailjada.com'?",
                "10 Error: There is no bucket 'sailjada-asset'. Did you mean 'sailjada-assets'?",
                "12 Error: There is no bucket 'stagin.sailjada.com'. Did you mean 'staging.sailjada.com'?",
                "13 Warning: Nothing is in sailjada.com/_staging/.",
                "14 Warning: jada-media does not look like staging of jada-logs: of 10 of its keys jada-logs has none.",
                "15 Warning: jada-brand does not look like staging of jada-processing-tmp: of 10 of its keys jada-processing-tmp has none.",
                "15 Warning: Nothing is in jada-processing-tmp.",
                "17 Error: There is no distribution 'E0000000000000'.",
            ],
            findings.Select(finding => $"{finding.Line} {finding.Severity}: {finding.Message}".Replace(estate.Host.World.Account, "782785212866", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_cannot_be_listed_is_a_problem_and_never_missing()
    {
        estate.Host.Faults.Add(new() { Kind = FaultKind.Deny, Service = "cloudfront" });
        estate.Host.Faults.Add(new() { Kind = FaultKind.Deny, Service = "s3", Operation = "ListBuckets" });
        var document = EstateDocument.Parse("/nowhere/jada.json", """{"sites": {"s": {"buckets": ["nowhere"], "distributions": {"staging": ["E0000000000000"]}}}}"""u8.ToArray());
        Assert.Empty(await new EstateCheck(_connection, document).RunAsync(_problems.Enqueue, Cancel));
        Assert.Equal(["cloudfront", "s3"], _problems.Select(problem => problem.Layer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_name_alone_makes_no_staging_where_keys_say_otherwise()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        foreach (var target in new[]
        {
            "/a.example.com", "/a.example.com/index.html", "/a.example.com/staging/index.html",
            "/b.example.com", "/b.example.com/index.html", "/b.example.com/staging/waiting.png",
            "/dev-a.example.com", "/dev-a.example.com/index.html",
            "/staging-c.example.com", "/staging-c.example.com/index.html",
        })
            await sandbox.Client.PutAsync(target);
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox.Host));
        var document = await new EstateProposal(connection, new() { Path = "/nowhere/jada.json" }).RunAsync(_ => { }, _problems.Enqueue, Cancel);
        Assert.Equal(
            ["a.example.com/staging/ → a.example.com", "dev-a.example.com → a.example.com"],
            document.Require().Sites.SelectMany(site => site.Staging).Select(pair => $"{pair}").Order(StringComparer.Ordinal));
        Assert.Equal(["a.example.com", "b.example.com"], document.Require().Sites.Select(site => site.Name));
    }

    [Fact]
    public void Words_of_others_cannot_end_a_comment()
    {
        var live = new LiveEstate { Account = "123456789012", Instances = ["a\n\"store\": \"/evil\",//"] };
        var site = new SiteProposal("s\" }") { Buckets = [new("abc", "x\r\n\"account\": \"1\u2028")] };
        var document = EstateDocument.Parse("/x/jada.json", EstateFileText.Write(new() { Path = "/x/jada.json" }, live, ["us-west-2"], [site]));
        Assert.Equal("/x/snapshot", document.Require().Store);
        Assert.Equal("s\" }", document.Require().Sites.Single().Name);
    }

    [Theory]
    [InlineData("www.a.com,cdn.a.com", "a.com", "cdn.a.com", "a.com")]
    [InlineData("www.a.com,a.com", "", "www.a.com", "a.com")]
    [InlineData("www.a.com,b.www.a.com", "", "b.www.a.com", "www.a.com")]
    [InlineData("x.a.com,y.b.a.com", "a.com,b.a.com", "y.b.a.com", "b.a.com")]
    [InlineData("a.com", "a.com,b.com", "b.com", null)]
    public void A_host_belongs_to_the_nearest_zone_or_else_to_the_shortest_known_host_above_it(string buckets, string zones, string host, string? site) =>
        Assert.Equal(site, new SiteNames(new() { Account = "", Buckets = buckets.Split(','), Zones = zones.Split(',', StringSplitOptions.RemoveEmptyEntries) }).Of(host));

    [Fact]
    public void A_staging_distribution_is_known_by_its_alias_its_comment_or_what_it_reads()
    {
        var (site, other) = (Reading("E1", "a", null, "shop.a.com"), Reading("E2", "b", null, "b.a.com"));
        var counterparts = new Counterparts([site, other]);
        Assert.Equal(site, counterparts.Of(Reading("S", "x", null, "staging.shop.a.com") with { Environment = DeploymentEnvironment.Staging })?.Production);
        Assert.Equal(other, counterparts.Of(Reading("S", "x", "before b.a.com goes live") with { Environment = DeploymentEnvironment.Staging })?.Production);
        Assert.Equal(other, counterparts.Of(Reading("S", "b", null) with { Environment = DeploymentEnvironment.Staging })?.Production);
        Assert.Null(counterparts.Of(Reading("S", "x", null) with { Environment = DeploymentEnvironment.Staging }));
    }

    private static Distribution Reading(string id, string bucket, string? comment, params string[] aliases) => new()
    {
        DistributionId = id,
        DomainName = $"{id}.cloudfront.net",
        Aliases = aliases,
        Comment = comment,
        EnvironmentReason = "",
        Origins = [new() { Id = "o", DomainName = $"{bucket}.s3.us-west-2.amazonaws.com", Kind = OriginKind.Bucket, Name = bucket, EnvironmentReason = "" }],
    };

    private Task<EstateDocument> ProposeAsync() => new EstateProposal(_connection, new() { Path = "/nowhere/jada.json" }).RunAsync(_ => { }, _problems.Enqueue, Cancel);
}
