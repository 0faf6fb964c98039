using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Sets of name servers that several zones can be given.</summary>
internal sealed class DelegationSetOperations(Route53State state)
{
    private const string Sets = "/2013-04-01/delegationset";
    private const int MostItems = 100;

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateReusableDelegationSet", $"POST {Sets}", Create);
        operations.Add("GetReusableDelegationSet", $"GET {Sets}/{{Id}}", call => Route53Answer.Of(call, state.DelegationSet(call.Label("Id")).Render()));
        operations.Add("DeleteReusableDelegationSet", $"DELETE {Sets}/{{Id}}", Delete);
        operations.Add("ListReusableDelegationSets", $"GET {Sets}", List);
    }

    private SandboxResponse Create(Call call)
    {
        var asked = call.Xml.Named("CreateReusableDelegationSetRequest");
        var reference = asked.Need("CallerReference", Route53Errors.InvalidInputCode);
        if (state.DelegationSets.Values.Any(known => known.CallerReference == reference))
            throw new SandboxException(400, "DelegationSetAlreadyCreated", "A delegation set with the same owner and caller reference combination has already been created.");
        var id = "N" + state.World.NewId(20);
        var from = asked.Text("HostedZoneId") is { Length: > 0 } zone ? state.Zone(zone) : null;
        var set = new DelegationSet(id, reference, from?.NameServers ?? NameServers.Of(id));
        state.DelegationSets.Add(id, set);
        return Route53Answer.Created(call, $"https://route53.amazonaws.com{Sets}/{id}", set.Render());
    }

    private SandboxResponse Delete(Call call)
    {
        var set = state.DelegationSet(call.Label("Id"));
        if (state.Zones.Values.Any(zone => zone.ReusedSet == set)) throw new SandboxException(400, "DelegationSetInUse", "The specified delegation set contains associated hosted zones which must be deleted before it.");
        state.DelegationSets.Remove(set.Id);
        return Route53Answer.Of(call);
    }

    private SandboxResponse List(Call call)
    {
        var size = Route53Answer.PageSize(call, MostItems);
        var marker = call.Query("marker") ?? "";
        var page = state.DelegationSets.Values.From(marker, size, set => set.Id);
        return Route53Answer.Of(call,
            new XElement("DelegationSets", page.Items.Select(set => set.Render())),
            new XElement("Marker", marker),
            new XElement("IsTruncated", page.Marker is not null),
            page.Marker is null ? null : new XElement("NextMarker", page.Marker),
            new XElement("MaxItems", size));
    }
}

internal sealed record DelegationSet(string Id, string CallerReference, IReadOnlyList<string> Servers)
{
    public XElement Render() => new("DelegationSet",
        new XElement("Id", "/delegationset/" + Id),
        new XElement("CallerReference", CallerReference),
        NameServers.Render(Servers));
}
