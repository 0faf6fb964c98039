using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.Route53;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class HostedZoneViewTests
{
    [Fact]
    public async Task Zones_show_what_belongs_to_them_and_no_record_set_is_asked_for()
    {
        await using var captured = await CapturedLayer.StartAsync("route53");
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(captured.Host));
        var zones = new Dictionary<string, HostedZone>(StringComparer.Ordinal);
        await foreach (var zone in new ResourceReader<HostedZone>(connection, new HostedZoneView()).ReadAsync(_ => true, problem => Assert.Fail($"{problem}"), TestContext.Current.CancellationToken)) zones.Add(zone.Name, zone);

        Assert.Equal(EstateCounts.Zones, zones.Count);
        Assert.Equal(0, captured.Host.Requests.Count("route53", "ListResourceRecordSets"));
        Assert.Equal(0, captured.Host.Requests.Count("route53", "ListHealthChecks"));
        var (queen, sail, inside) = (zones[EstateNames.Queen], zones[EstateNames.Sail], zones[EstateNames.PrivateZone]);
        Assert.Equal(EstateCounts.RecordSets, zones.Values.Sum(zone => zone.RecordSetCount));
        Assert.Equal(("SIGNING", "NOT_SIGNING", null), (sail.DnssecStatus, queen.DnssecStatus, inside.DnssecStatus));
        Assert.EndsWith("log-group:/aws/route53/queenofsandiego.com", queen.QueryLogGroupArn, StringComparison.Ordinal);
        Assert.Null(sail.QueryLogGroupArn);
        Assert.Equal(4, sail.NameServers.Count);
        Assert.Equal(["us-west-2 vpc-0a1b2c3d4e5f60718"], inside.Vpcs);
        Assert.True(inside.IsPrivate);
        Assert.Equal("crew", inside.Tags["owner"]);
        Assert.Equal("The yacht", sail.Comment);
    }
}
