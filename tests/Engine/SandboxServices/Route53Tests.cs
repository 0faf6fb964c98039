using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class Route53Tests
{
    private readonly TestWorld _world = new();

    [Fact]
    public async Task A_new_zone_has_four_name_servers_and_its_NS_and_SOA_records()
    {
        var zone = await _world.XmlAsync("route53", "POST", "/2013-04-01/hostedzone", "<CreateHostedZoneRequest><Name>Example.COM</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>");

        Assert.Equal("example.com.", zone.Descendants("Name").First().Value);
        Assert.Equal(4, zone.Descendants("NameServer").Select(server => server.Value).Distinct().Count());
        Assert.Equal(["NS", "SOA"], (await RecordsAsync(IdOf(zone))).Select(record => record.Element("Type")!.Value));
    }

    [Fact]
    public async Task Names_come_back_in_lower_case_with_octal_escapes_and_a_final_dot()
    {
        var zone = await ZoneAsync();
        await ChangeAsync(zone, Create("*.Example.com", "A", "1.2.3.4"), Create("\\052.x.example.com", "A", "1.2.3.4"), Create("a+b.example.com", "A", "1.2.3.4"));

        var names = (await RecordsAsync(zone)).Select(record => record.Element("Name")!.Value);

        Assert.Contains("\\052.example.com.", names);
        Assert.Contains("\\052.x.example.com.", names);
        Assert.Contains("a\\053b.example.com.", names);
    }

    [Fact]
    public async Task Records_are_ordered_by_their_labels_from_the_right()
    {
        var zone = await ZoneAsync();
        await ChangeAsync(zone, Create("b.example.com", "A", "1.1.1.1"), Create("z.a.example.com", "A", "1.1.1.1"), Create("a.example.com", "TXT", "\"t\""), Create("a.example.com", "A", "1.1.1.1"));

        Assert.Equal(
            ["example.com. NS", "example.com. SOA", "a.example.com. A", "a.example.com. TXT", "z.a.example.com. A", "b.example.com. A"],
            (await RecordsAsync(zone)).Select(record => $"{record.Element("Name")!.Value} {record.Element("Type")!.Value}"));
    }

    [Fact]
    public async Task Pages_begin_where_the_page_before_says_even_within_one_name()
    {
        var zone = await ZoneAsync();
        await ChangeAsync(zone, [.. Enumerable.Range(0, 9).Select(i => Create("w.example.com", "A", "1.1.1.1", $"<SetIdentifier>s{i}</SetIdentifier><Weight>{i}</Weight>"))]);
        var seen = new List<string>();
        var query = "";
        while (true)
        {
            var page = await _world.XmlAsync("route53", "GET", $"/2013-04-01/hostedzone/{zone}/rrset?maxitems=2{query}");
            seen.AddRange(page.Descendants("ResourceRecordSet").Select(record => record.Element("SetIdentifier")?.Value ?? record.Element("Type")!.Value));
            if (page.Element("IsTruncated")!.Value == "false") break;
            query = $"&name={page.Element("NextRecordName")!.Value}&type={page.Element("NextRecordType")!.Value}&identifier={page.Element("NextRecordIdentifier")?.Value}";
        }

        Assert.Equal(["NS", "SOA", .. Enumerable.Range(0, 9).Select(i => $"s{i}")], seen);
    }

    [Fact]
    public async Task A_batch_with_one_wrong_change_changes_nothing_and_every_mistake_is_named()
    {
        var zone = await ZoneAsync();
        var refusal = await TestWorld.RefusalAsync(() => ChangeAsync(zone, Create("ok.example.com", "A", "1.1.1.1"), Create("bad.example.com", "A", "1.1.1"), Create("www.other.com", "A", "1.1.1.1")), "InvalidChangeBatch");
        Assert.Equal(2, refusal.Details.Count);
        Assert.Equal(2, (await RecordsAsync(zone)).Count);

        var rendered = XElement.Parse(TestWorld.Text(_world.World.Find("route53")!.Render(new SandboxRequest { Method = "POST", RawPath = "/", Region = "us-east-1", Endpoint = "", RequestId = "r" }, refusal)));
        Assert.Equal("InvalidChangeBatch", rendered.Name.LocalName);
        Assert.Equal(2, rendered.Descendants().Count(element => element.Name.LocalName == "Message"));
    }

    [Fact]
    public async Task An_alias_needs_a_target_that_is_there_or_an_AWS_resource()
    {
        var zone = await ZoneAsync();
        await TestWorld.RefusalAsync(() => ChangeAsync(zone, Alias("a.example.com", zone, "t.example.com")), "InvalidChangeBatch");
        await TestWorld.RefusalAsync(() => ChangeAsync(zone, Alias("a.example.com", "Z2FDTNDATAQYW2", "d1.example.net")), "InvalidChangeBatch");
        await ChangeAsync(zone, Create("t.example.com", "A", "1.1.1.1"), Alias("a.example.com", zone, "T.example.com"), Alias("example.com", "Z2FDTNDATAQYW2", "d1.cloudfront.net"));
        Assert.Equal(5, (await RecordsAsync(zone)).Count);
    }

    [Fact]
    public async Task An_UPSERT_counts_twice_towards_a_thousand_records()
    {
        var zone = await ZoneAsync();
        var changes = Enumerable.Range(0, 501).Select(i => Create($"n{i}.example.com", "A", "1.1.1.1")).ToArray();
        await TestWorld.RefusalAsync(() => ChangeAsync(zone, [.. changes.Select(change => change.Replace("CREATE", "UPSERT", StringComparison.Ordinal))]), "InvalidChangeBatch");
        await ChangeAsync(zone, changes);
        Assert.Equal(503, int.Parse((await _world.XmlAsync("route53", "GET", $"/2013-04-01/hostedzone/{zone}")).Descendants("ResourceRecordSetCount").Single().Value, null));
    }

    [Fact]
    public async Task A_change_is_pending_before_it_is_in_sync()
    {
        var change = await ChangeAsync(await ZoneAsync(), Create("a.example.com", "A", "1.1.1.1"));
        Assert.Equal("PENDING", change.Descendants("Status").Single().Value);
        _world.Clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal("INSYNC", (await _world.XmlAsync("route53", "GET", "/2013-04-01" + change.Descendants("Id").Single().Value)).Descendants("Status").Single().Value);
    }

    [Theory]
    [InlineData("TXT", "no quotes")]
    [InlineData("TXT", "\"ends in a backslash\\\"")]
    [InlineData("AAAA", "1.2.3.4")]
    [InlineData("A", "2130706433")]
    [InlineData("MX", "mail.example.com")]
    [InlineData("SRV", "1 2 target")]
    [InlineData("CAA", "issue amazon.com")]
    public async Task A_value_must_be_one_of_its_type(string type, string value)
    {
        var zone = await ZoneAsync();
        await TestWorld.RefusalAsync(() => ChangeAsync(zone, Create("v.example.com", type, value)), "InvalidChangeBatch");
    }

    private async Task<string> ZoneAsync() =>
        IdOf(await _world.XmlAsync("route53", "POST", "/2013-04-01/hostedzone", "<CreateHostedZoneRequest><Name>example.com</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>"));

    private static string IdOf(XElement zone) => zone.Descendants("Id").First().Value["/hostedzone/".Length..];

    private async Task<List<XElement>> RecordsAsync(string zone) => [.. (await _world.XmlAsync("route53", "GET", $"/2013-04-01/hostedzone/{zone}/rrset")).Descendants("ResourceRecordSet")];

    private Task<XElement> ChangeAsync(string zone, params string[] changes) => _world.XmlAsync("route53", "POST", $"/2013-04-01/hostedzone/{zone}/rrset/",
        $"<ChangeResourceRecordSetsRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><ChangeBatch><Changes>{string.Concat(changes)}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>");

    private static string Create(string name, string type, string value, string extra = "") =>
        $"<Change><Action>CREATE</Action><ResourceRecordSet><Name>{name}</Name><Type>{type}</Type>{extra}<TTL>300</TTL><ResourceRecords><ResourceRecord>{new XElement("Value", value)}</ResourceRecord></ResourceRecords></ResourceRecordSet></Change>";

    private static string Alias(string name, string zone, string target) =>
        $"<Change><Action>CREATE</Action><ResourceRecordSet><Name>{name}</Name><Type>A</Type><AliasTarget><HostedZoneId>{zone}</HostedZoneId><DNSName>{target}</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget></ResourceRecordSet></Change>";
}
