using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

internal sealed class ZoneOperations(Route53State state)
{
    private const string Zones = "/2013-04-01/hostedzone";

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateHostedZone", $"POST {Zones}", Create);
        operations.Add("GetHostedZone", $"GET {Zones}/{{Id}}", Get);
        operations.Add("UpdateHostedZoneComment", $"POST {Zones}/{{Id}}", UpdateComment);
        operations.Add("DeleteHostedZone", $"DELETE {Zones}/{{Id}}", Delete);
        operations.Add("GetChange", "GET /2013-04-01/change/{Id}", call => Route53Answer.Of(call, state.Change(call.Label("Id"))));
    }

    private SandboxResponse Create(Call call)
    {
        var asked = call.Xml.Named("CreateHostedZoneRequest");
        var name = DnsName.Normalize(asked.Need("Name", Route53Errors.InvalidInputCode));
        var reference = asked.Need("CallerReference", Route53Errors.InvalidInputCode);
        var vpc = asked.Element("VPC") is { } element ? Vpc.Read(element) : null;
        if (asked.Element("HostedZoneConfig")?.Flag("PrivateZone") == true && vpc is null) throw Route53Errors.InvalidInput("When you're creating a private hosted zone (when you specify true for PrivateZone), you must also specify values for VPCId and VPCRegion.");
        var reused = asked.Text("DelegationSetId") is { Length: > 0 } set ? state.DelegationSet(set) : null;
        if (state.Zones.Values.Any(zone => zone.CallerReference == reference))
            throw new SandboxException(409, "HostedZoneAlreadyExists", $"A hosted zone has already been created with the specified caller reference: {reference}");
        var id = "Z" + state.World.NewId(20, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        var zone = new HostedZone
        {
            Id = id,
            Name = name,
            CallerReference = reference,
            Comment = asked.Element("HostedZoneConfig")?.Text("Comment"),
            Private = vpc is not null,
            NameServers = reused?.Servers ?? Route53.NameServers.Of(vpc is null ? id : null),
            ReusedSet = reused,
        };
        if (vpc is not null) zone.Vpcs.Add(vpc);
        Add(zone, RecordSet.Of(name, "NS", 172_800, zone.NameServers.Select(server => server + ".")));
        Add(zone, RecordSet.Of(name, "SOA", 900, $"{zone.NameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"));
        state.Zones.Add(id, zone);
        return Route53Answer.Created(call, $"https://route53.amazonaws.com/2013-04-01/hostedzone/{id}", zone.Render(), state.NewChange(null), zone.DelegationSet(), vpc?.Render());
    }

    private SandboxResponse Get(Call call)
    {
        var zone = state.Zone(call.Label("Id"));
        return Route53Answer.Of(call, zone.Render(), zone.Private ? new XElement("VPCs", zone.Vpcs.Select(vpc => vpc.Render())) : zone.DelegationSet());
    }

    private SandboxResponse UpdateComment(Call call)
    {
        var zone = state.Zone(call.Label("Id"));
        zone.Comment = call.Xml.Named("UpdateHostedZoneCommentRequest").Text("Comment");
        return Route53Answer.Of(call, zone.Render());
    }

    private SandboxResponse Delete(Call call)
    {
        var zone = state.Zone(call.Label("Id"));
        if (zone.Records.Keys.Any(key => key.Name != zone.Name || key.Type is not ("NS" or "SOA")))
            throw new SandboxException(400, "HostedZoneNotEmpty", "The specified hosted zone contains non-required resource record sets and so cannot be deleted.");
        state.Zones.Remove(zone.Id);
        return Route53Answer.Of(call, state.NewChange(null));
    }

    private static void Add(HostedZone zone, RecordSet set) => zone.Records.Add(set.Key, set);
}
