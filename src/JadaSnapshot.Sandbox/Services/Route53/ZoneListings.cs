using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

internal sealed class ZoneListings(Route53State state)
{
    private const int MostItems = 100;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListHostedZones", "GET /2013-04-01/hostedzone", List);
        operations.Add("ListHostedZonesByName", "GET /2013-04-01/hostedzonesbyname", ListByName);
        operations.Add("ListHostedZonesByVPC", "GET /2013-04-01/hostedzonesbyvpc", ListByVpc);
        operations.Add("GetHostedZoneCount", "GET /2013-04-01/hostedzonecount", call => Route53Answer.Of(call, new XElement("HostedZoneCount", state.Zones.Count)));
    }

    private SandboxResponse List(Call call)
    {
        var size = Route53Answer.PageSize(call, MostItems);
        var marker = call.Query("marker");
        var zones = state.Zones.Values.Where(zone => call.Query("hostedzonetype") != "PrivateHostedZone" || zone.Private);
        var page = zones.From(marker, size, zone => zone.Id);
        return Route53Answer.Of(call,
            new XElement("HostedZones", page.Items.Select(zone => zone.Render())),
            string.IsNullOrEmpty(marker) ? null : new XElement("Marker", marker),
            new XElement("IsTruncated", page.Marker is not null),
            page.Marker is null ? null : new XElement("NextMarker", page.Marker),
            new XElement("MaxItems", size));
    }

    private SandboxResponse ListByName(Call call)
    {
        var size = Route53Answer.PageSize(call, MostItems);
        var (name, id) = (call.Query("dnsname"), call.Query("hostedzoneid"));
        if (string.IsNullOrEmpty(name) && !string.IsNullOrEmpty(id)) throw Route53Errors.InvalidInput("The hostedzoneid parameter needs the dnsname parameter.");
        var start = string.IsNullOrEmpty(name) ? null : $"{DnsName.Reversed(DnsName.Normalize(name))} {Route53State.Bare(id ?? "", "/hostedzone/")}";
        var page = state.Zones.Values.From(start, size, zone => $"{DnsName.Reversed(zone.Name)} {zone.Id}");
        var next = page.Marker is null ? null : state.Zones[page.Marker[(page.Marker.LastIndexOf(' ') + 1)..]];
        return Route53Answer.Of(call,
            new XElement("HostedZones", page.Items.Select(zone => zone.Render())),
            string.IsNullOrEmpty(name) ? null : new XElement("DNSName", name),
            string.IsNullOrEmpty(id) ? null : new XElement("HostedZoneId", id),
            new XElement("IsTruncated", next is not null),
            next is null ? null : new XElement("NextDNSName", next.Name),
            next is null ? null : new XElement("NextHostedZoneId", next.Id),
            new XElement("MaxItems", size));
    }

    private SandboxResponse ListByVpc(Call call)
    {
        var size = Route53Answer.PageSize(call, MostItems);
        var vpc = new Vpc(call.Query("vpcregion") ?? "", call.Query("vpcid") ?? throw Route53Errors.InvalidInput(Constraint.Missing("vpcId")));
        var page = state.Zones.Values.Where(zone => zone.Vpcs.Contains(vpc)).From(Marker.Open(call.Query("nexttoken"), "InvalidPaginationToken"), size, zone => zone.Id);
        return Route53Answer.Of(call,
            new XElement("HostedZoneSummaries", page.Items.Select(zone => new XElement("HostedZoneSummary",
                new XElement("HostedZoneId", zone.Id),
                new XElement("Name", zone.Name),
                new XElement("Owner", new XElement("OwningAccount", state.World.Account))))),
            new XElement("MaxItems", size),
            page.Marker is null ? null : new XElement("NextToken", Marker.Seal(page.Marker)));
    }
}
