using System.Text.Json;
using System.Xml.Linq;
using JadaSnapshot.Engine.Layers.Route53;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>The requests that put a zone's record sets back.</summary>
public sealed class ChangeBatchesTests
{
    private static readonly XNamespace Route53 = "https://route53.amazonaws.com/doc/2013-04-01/";

    [Fact]
    public void What_an_alias_leads_to_goes_before_it_and_the_zones_own_NS_and_SOA_stay_out()
    {
        var changes = Changes(Batches(
            Alias("a.example.com.", "b.example.com."), Alias("b.example.com.", "c.example.com."), Alias("far.example.com.", "d1.cloudfront.net.", "Z2FDTNDATAQYW2"),
            Set("c.example.com.", "A", "192.0.2.1"), Set("example.com.", "NS", "ns1."), Set("example.com.", "SOA", "ns1. x. 1 2 3 4 5"), Set("sub.example.com.", "NS", "ns2.")));
        Assert.Equal(["far.example.com.", "c.example.com.", "sub.example.com.", "b.example.com.", "a.example.com."], changes.Select(change => change.Member("ResourceRecordSet").Text("Name")));
        Assert.All(changes, change => Assert.Equal("UPSERT", change.Text("Action")));
        Assert.Equal(300, changes[1].Member("ResourceRecordSet").Number("TTL"));
        Assert.False(changes[3].Member("ResourceRecordSet").Member("AliasTarget").Flag("EvaluateTargetHealth"));
    }

    [Fact]
    public void No_batch_has_more_records_or_characters_than_a_request_may_have()
    {
        var byRecords = Batches([.. Enumerable.Range(0, 1001).Select(i => Set($"h{i}.example.com.", "A", "192.0.2.1"))]);
        Assert.Equal([500, 500, 1], byRecords.Select(batch => Changes([batch]).Count));
        var byCharacters = Batches([.. Enumerable.Range(0, 41).Select(i => Set($"h{i}.example.com.", "TXT", $"\"{new string('x', 798)}\""))]);
        Assert.Equal([20, 20, 1], byCharacters.Select(batch => Changes([batch]).Count));
    }

    [Fact]
    public void A_zone_of_nothing_of_its_own_has_none() => Assert.Empty(Batches(Set("example.com.", "NS", "ns1.")));

    private static IReadOnlyList<byte[]> Batches(params XElement[] sets) =>
        [.. ChangeBatches.Of("example.com", "Z1", [new(Route53 + "ListResourceRecordSetsResponse", new XElement(Route53 + "ResourceRecordSets", sets))])];

    private static List<JsonElement> Changes(IEnumerable<byte[]> batches) => [.. batches.SelectMany(batch => JsonElement.Parse(batch).Items("Changes"))];

    private static XElement Set(string name, string type, string value) => new(
        Route53 + "ResourceRecordSet", new XElement(Route53 + "Name", name), new XElement(Route53 + "Type", type), new XElement(Route53 + "TTL", 300),
        new XElement(Route53 + "ResourceRecords", new XElement(Route53 + "ResourceRecord", new XElement(Route53 + "Value", value))));

    private static XElement Alias(string name, string target, string zone = "Z1") => new(
        Route53 + "ResourceRecordSet", new XElement(Route53 + "Name", name), new XElement(Route53 + "Type", "A"),
        new XElement(Route53 + "AliasTarget", new XElement(Route53 + "HostedZoneId", zone), new XElement(Route53 + "DNSName", target), new XElement(Route53 + "EvaluateTargetHealth", "false")));
}
