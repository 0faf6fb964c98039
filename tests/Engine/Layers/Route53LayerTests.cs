using System.Text.Json;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class Route53LayerTests
{
    private const string Api = "/2013-04-01/";
    private const string Home = "aws-configs/route53/";

    [Fact]
    public async Task Every_document_of_a_zone_is_what_the_service_sends()
    {
        await using var captured = await CapturedLayer.OfAsync("route53");
        Assert.Empty(captured.Problems);
        var logging = await captured.AskAsync(Api + "queryloggingconfig");
        var zones = captured.Files.Where(file => file.EndsWith("/hosted-zone.xml", StringComparison.Ordinal)).ToList();
        Assert.Equal(EstateCounts.Zones, zones.Count);
        foreach (var file in zones)
        {
            var (folder, id) = (file[..(file.LastIndexOf('/') + 1)], file.Split('/')[3]);
            Assert.Equal(await captured.AskAsync($"{Api}hostedzone/{id}"), captured.Read(file));
            Assert.Equal(await captured.AskAsync($"{Api}hostedzone/{id}/rrset"), captured.Read(folder + "record-sets-0001.xml"));
            Assert.Contains(captured.Read(folder + "tags.xml"), await captured.AskAsync($"{Api}tags/hostedzone/{id}"), StringComparison.Ordinal);
            if (folder.StartsWith(Home + EstateNames.PrivateZone, StringComparison.Ordinal))
                Assert.Equal(await captured.AskAsync($"{Api}hostedzone/{id}/authorizevpcassociation"), captured.Read(folder + "vpc-authorizations-0001.xml"));
            else
                Assert.Equal(await captured.AskAsync($"{Api}hostedzone/{id}/dnssec"), captured.Read(folder + "dnssec.xml"));
        }
        var logged = Assert.Single(captured.Files, file => file.EndsWith("/query-logging-config.xml", StringComparison.Ordinal));
        Assert.StartsWith(Home + EstateNames.Queen, logged, StringComparison.Ordinal);
        Assert.Contains(captured.Read(logged), logging, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_checks_are_kept_with_their_tags()
    {
        await using var captured = await CapturedLayer.StartAsync("route53");
        var list = await captured.AskAsync(Api + "healthcheck");
        var id = XElement.Parse(list).Descendants().First(each => each.Name.LocalName == "Id").Value;
        await captured.SendAsync("POST", $"{Api}tags/healthcheck/{id}", "<ChangeTagsForResourceRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><AddTags><Tag><Key>Name</Key><Value>first</Value></Tag></AddTags></ChangeTagsForResourceRequest>");
        await captured.CaptureAsync("route53");
        Assert.Empty(captured.Problems);
        string[] checks = [.. captured.Files.Where(file => file.EndsWith("/health-check.xml", StringComparison.Ordinal))];
        Assert.Equal(EstateCounts.HealthChecks, checks.Length);
        Assert.All(checks, file => Assert.Contains(captured.Read(file), list, StringComparison.Ordinal));
        Assert.Contains("<Value>first</Value>", captured.Read($"{Home}health-checks/{id}/tags.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traffic_policies_delegation_sets_and_CIDR_collections_are_kept_with_all_that_is_in_them()
    {
        await using var captured = await CapturedLayer.OfAsync("route53");
        var set = captured.Files.Single(file => file.StartsWith(Home + "delegation-sets/", StringComparison.Ordinal));
        Assert.Contains(captured.Read(set), await captured.AskAsync(Api + "delegationset"), StringComparison.Ordinal);
        var versions = captured.Files.Single(file => file.EndsWith("/versions-0001.xml", StringComparison.Ordinal));
        Assert.Equal(await captured.AskAsync($"{Api}trafficpolicies/{versions.Split('/')[3]}/versions"), captured.Read(versions));
        var blocks = captured.Files.Single(file => file.EndsWith("/blocks-0001.xml", StringComparison.Ordinal));
        Assert.Equal(await captured.AskAsync($"{Api}cidrcollection/{blocks.Split('/')[3]}/cidrblocks"), captured.Read(blocks));
        Assert.Contains("2001:db8:20::/48", captured.Read(blocks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_health_check_that_vanishes_costs_the_others_no_tags()
    {
        await using var captured = await CapturedLayer.OfAsync("route53", "service=route53,operation=ListTagsForResources,match=/tags/healthcheck,kind=vanish,times=1");
        Assert.Empty(captured.Problems);
        Assert.Equal(EstateCounts.Zones + EstateCounts.HealthChecks, captured.Files.Count(file => file.EndsWith("/tags.xml", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_tags_of_eleven_zones_and_three_checks_take_three_calls_and_all_of_it_no_more_than_fifty()
    {
        await using var captured = await CapturedLayer.OfAsync("route53");
        Assert.Equal(3, captured.Host.Requests.Count("route53", "ListTagsForResources"));
        Assert.Equal(0, captured.Host.Requests.Count("route53", "ListTagsForResource"));
        Assert.Equal(EstateCounts.PublicZones, captured.Host.Requests.Count("route53", "GetDNSSEC"));
        Assert.Equal(1, captured.Host.Requests.Count("route53", "ListQueryLoggingConfigs"));
        Assert.InRange(captured.Host.Requests.Total, 40, 50);
    }

    [Fact]
    public async Task Tags_that_are_denied_are_each_zones_problem()
    {
        await using var captured = await CapturedLayer.OfAsync("route53", "service=route53,operation=ListTagsForResources,kind=deny");
        Assert.Equal(EstateCounts.Zones + EstateCounts.HealthChecks, captured.Problems.Count);
        Assert.All(captured.Problems, problem => Assert.Equal("ListTagsForResources", problem.Operation));
        Assert.Equal(EstateCounts.Zones, captured.Files.Count(file => file.EndsWith("/zone.txt", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_zone_whose_record_sets_are_not_all_known_has_no_zone_file()
    {
        await using var captured = await CapturedLayer.OfAsync("route53", "service=route53,operation=ListResourceRecordSets,match=identifier=,kind=deny");
        var problem = Assert.Single(captured.Problems);
        Assert.Equal(EstateNames.LargeZone, problem.Resource);
        Assert.Equal(EstateCounts.Zones - 1, captured.Files.Count(file => file.EndsWith("/zone.txt", StringComparison.Ordinal)));
        Assert.Contains(captured.Files, file => file.StartsWith($"{Home}{EstateNames.LargeZone}/", StringComparison.Ordinal) && file.EndsWith("/record-sets-0001.xml", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_record_set_is_in_the_zone_file_or_in_the_report_of_losses()
    {
        await using var captured = await CapturedLayer.OfAsync("route53");
        foreach (var file in captured.Files.Where(file => file.EndsWith("/zone.txt", StringComparison.Ordinal)))
        {
            var folder = file[..^"zone.txt".Length];
            var sets = captured.Files.Where(page => page.StartsWith(folder + "record-sets-", StringComparison.Ordinal))
                .SelectMany(page => captured.Xml(page).Descendants().Where(each => each.Name.LocalName == "ResourceRecordSet")).Count();
            var written = captured.Read(file).Split('\n').Where(line => line.Length > 0 && line[0] is not (';' or '$')).Select(line => string.Join('\t', line.Split('\t') is var fields ? [fields[0], fields[3]] : [])).Distinct().Count();
            var lost = captured.Read(folder + "zone-losses.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(sets, written + lost.Length);
            Assert.All(lost, line => Assert.DoesNotContain("readable", JsonElement.Parse(line).GetProperty("reason").GetString(), StringComparison.Ordinal));
        }
    }
}
