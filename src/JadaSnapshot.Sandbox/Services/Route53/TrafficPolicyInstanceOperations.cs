using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Names that answer by a traffic policy. No record sets are made from it here.</summary>
internal sealed class TrafficPolicyInstanceOperations(Route53State state)
{
    private const string Instances = "/2013-04-01/trafficpolicyinstance";
    private const int MostItems = 100;

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateTrafficPolicyInstance", $"POST {Instances}", Create);
        operations.Add("GetTrafficPolicyInstance", $"GET {Instances}/{{Id}}", call => Route53Answer.Of(call, Find(call).Render()));
        operations.Add("UpdateTrafficPolicyInstance", $"POST {Instances}/{{Id}}", Update);
        operations.Add("DeleteTrafficPolicyInstance", $"DELETE {Instances}/{{Id}}", Delete);
        operations.Add("ListTrafficPolicyInstances", "GET /2013-04-01/trafficpolicyinstances", List);
    }

    private TrafficPolicyInstance Find(Call call) => state.TrafficPolicyInstances.GetValueOrDefault(call.Label("Id"))
        ?? throw new SandboxException(404, "NoSuchTrafficPolicyInstance", "No traffic policy instance exists with the specified ID.");

    private SandboxResponse Create(Call call)
    {
        var asked = call.Xml.Named("CreateTrafficPolicyInstanceRequest");
        var zone = state.Zone(asked.Need("HostedZoneId", Route53Errors.InvalidInputCode));
        var name = DnsName.Normalize(asked.Need("Name", Route53Errors.InvalidInputCode), Route53Errors.InvalidInputCode);
        if (!DnsName.LiesIn(name, zone.Name)) throw Route53Errors.InvalidInput($"The name {name} does not lie in the zone {zone.Name}");
        var policy = state.TrafficPolicy(asked.Need("TrafficPolicyId", Route53Errors.InvalidInputCode), asked.Need("TrafficPolicyVersion", Route53Errors.InvalidInputCode));
        if (state.TrafficPolicyInstances.Values.Any(known => known.ZoneId == zone.Id && known.Name == name && known.Policy.Type == policy.Type))
            throw new SandboxException(409, "TrafficPolicyInstanceAlreadyExists", "There is already a traffic policy instance with the specified ID.");
        var instance = new TrafficPolicyInstance(state.World.NewGuid(), zone.Id, name, asked.Number("TTL", Route53Errors.InvalidInputCode) ?? 60, policy);
        state.TrafficPolicyInstances.Add(instance.Id, instance);
        return Route53Answer.Created(call, $"https://route53.amazonaws.com{Instances}/{instance.Id}", instance.Render());
    }

    private SandboxResponse Update(Call call)
    {
        var instance = Find(call);
        var asked = call.Xml.Named("UpdateTrafficPolicyInstanceRequest");
        var policy = state.TrafficPolicy(asked.Need("TrafficPolicyId", Route53Errors.InvalidInputCode), asked.Need("TrafficPolicyVersion", Route53Errors.InvalidInputCode));
        if (policy.Type != instance.Policy.Type) throw new SandboxException(400, "ConflictingTypes", "You tried to update a traffic policy instance by using a traffic policy version that has a different DNS type than the current type for the instance.");
        var updated = instance with { Ttl = asked.Number("TTL", Route53Errors.InvalidInputCode) ?? throw Route53Errors.InvalidInput(Constraint.Missing("TTL")), Policy = policy };
        state.TrafficPolicyInstances[instance.Id] = updated;
        return Route53Answer.Of(call, updated.Render());
    }

    private SandboxResponse Delete(Call call)
    {
        state.TrafficPolicyInstances.Remove(Find(call).Id);
        return Route53Answer.Of(call);
    }

    private SandboxResponse List(Call call)
    {
        var size = Route53Answer.PageSize(call, MostItems);
        var start = call.Query("hostedzoneid") is { Length: > 0 } zone
            ? Key(Route53State.Bare(zone, "/hostedzone/"), call.Query("trafficpolicyinstancename") ?? "", call.Query("trafficpolicyinstancetype") ?? "") : null;
        var page = state.TrafficPolicyInstances.Values.From(start, size, instance => Key(instance.ZoneId, instance.Name, instance.Policy.Type));
        var next = page.Marker?.Split(' ');
        return Route53Answer.Of(call,
            new XElement("TrafficPolicyInstances", page.Items.Select(instance => instance.Render())),
            next is null ? null : new XElement("HostedZoneIdMarker", next[0]),
            next is null ? null : new XElement("TrafficPolicyInstanceNameMarker", next[1]),
            next is null ? null : new XElement("TrafficPolicyInstanceTypeMarker", next[2]),
            new XElement("IsTruncated", next is not null),
            new XElement("MaxItems", size));
    }

    private static string Key(string zone, string name, string type) => $"{zone} {name} {type}";
}

internal sealed record TrafficPolicyInstance(string Id, string ZoneId, string Name, long Ttl, TrafficPolicy Policy)
{
    public XElement Render() => new("TrafficPolicyInstance",
        new XElement("Id", Id), new XElement("HostedZoneId", ZoneId), new XElement("Name", Name), new XElement("TTL", Ttl),
        new XElement("State", "Applied"), new XElement("Message", ""),
        new XElement("TrafficPolicyId", Policy.Id), new XElement("TrafficPolicyVersion", Policy.Version), new XElement("TrafficPolicyType", Policy.Type));
}
