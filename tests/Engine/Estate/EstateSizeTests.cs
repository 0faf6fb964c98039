using System.Xml.Linq;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Estate;

public sealed class EstateSizeTests(EstateFixture estate) : IClassFixture<EstateFixture>
{
    [Fact]
    public async Task Buckets_and_their_objects_are_as_many_as_said()
    {
        var buckets = await estate.BucketsAsync();
        var objects = 0;
        foreach (var (name, region) in buckets) objects += (await estate.ObjectsAsync(name, region)).Count;

        Assert.Equal(EstateCounts.Buckets, buckets.Count);
        Assert.Equal([EstateNames.East, EstateNames.West], buckets.Select(bucket => bucket.Region).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(EstateCounts.Objects, objects);
        Assert.True(objects >= 1500);
        Assert.Empty(await estate.ObjectsAsync(EstateNames.EmptyBucket));
    }

    [Fact]
    public async Task Functions_and_layers_are_as_many_as_said()
    {
        var west = (await estate.LambdaAsync("/2015-03-31/functions"))["Functions"]!.AsArray();
        var east = (await estate.LambdaAsync("/2015-03-31/functions", EstateNames.East))["Functions"]!.AsArray();
        var layers = (await estate.LambdaAsync("/2018-10-31/layers"))["Layers"]!.AsArray();

        Assert.Equal(EstateCounts.Functions, west.Count + east.Count);
        Assert.Equal(EstateCounts.EdgeFunctions, east.Count);
        Assert.Equal(EstateCounts.Layers, layers.Count);
        var versions = 0;
        foreach (var layer in layers)
            versions += (await estate.LambdaAsync($"/2018-10-31/layers/{layer!["LayerName"]}/versions"))["LayerVersions"]!.AsArray().Count;
        Assert.Equal(EstateCounts.LayerVersions, versions);
    }

    [Fact]
    public async Task Distributions_are_as_many_as_said() => Assert.Equal(EstateCounts.Distributions, (await estate.DistributionsAsync()).Count);

    [Fact]
    public async Task Tables_are_as_many_as_said()
    {
        var west = (await estate.DynamoDbAsync("ListTables", "{}"))["TableNames"]!.AsArray();
        var east = (await estate.DynamoDbAsync("ListTables", "{}", EstateNames.East))["TableNames"]!.AsArray();

        Assert.Equal(EstateCounts.Tables, west.Count + east.Count);
        Assert.NotEmpty(east);
    }

    [Fact]
    public async Task Secrets_parameters_and_what_scales_are_as_many_as_said()
    {
        Assert.Equal(EstateCounts.Secrets, await CountAsync("secretsmanager", "secretsmanager.ListSecrets", "SecretList"));
        Assert.Equal(EstateCounts.Parameters, await CountAsync("ssm", "AmazonSSM.DescribeParameters", "Parameters"));
        Assert.Equal(EstateCounts.ScalableTargets, await CountAsync("application-autoscaling", "AnyScaleFrontendService.DescribeScalableTargets", "ScalableTargets"));

        async Task<int> CountAsync(string service, string target, string list)
        {
            var count = 0;
            foreach (var region in new[] { EstateNames.West, EstateNames.East })
                count += (await estate.RpcAsync(service, target, """{"ServiceNamespace":"dynamodb"}""", region))[list]!.AsArray().Count;
            return count;
        }
    }

    [Fact]
    public async Task Zones_and_their_record_sets_are_as_many_as_said()
    {
        var zones = await estate.ZonesAsync();
        var sets = new List<XElement>();
        foreach (var (id, _) in zones) sets.AddRange(EstateFixture.RecordSets(await estate.RecordPagesAsync(id)));

        Assert.Equal(EstateCounts.Zones, zones.Count);
        Assert.Equal(EstateCounts.RecordSets, sets.Count);
        Assert.True(sets.Count > 500);
        string[] types = ["A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"];
        Assert.Equal(types, sets.Select(set => EstateFixture.Value(set, "Type")).Distinct().Order(StringComparer.Ordinal));
        string[] policies = ["Failover", "GeoLocation", "GeoProximityLocation", "MultiValueAnswer", "Region", "Weight", "AliasTarget", "HealthCheckId"];
        Assert.All(policies, policy => Assert.Contains(sets, set => set.Elements().Any(element => element.Name.LocalName == policy)));
    }

    [Fact]
    public async Task A_page_of_the_large_zone_ends_within_a_weighted_set()
    {
        var zone = (await estate.ZonesAsync()).Single(each => each.Name == EstateNames.LargeZone + ".");
        var pages = await estate.RecordPagesAsync(zone.Id);

        Assert.Equal(2, pages.Count);
        Assert.Equal(EstateNames.StraddlingName, EstateFixture.Value(pages[0], "NextRecordName"));
        Assert.Equal(EstateNames.StraddlingName, EstateFixture.Value(EstateFixture.RecordSets([pages[0]]).Last(), "Name"));
        Assert.Equal(EstateNames.StraddlingName, EstateFixture.Value(EstateFixture.RecordSets([pages[1]]).First(), "Name"));
    }
}
