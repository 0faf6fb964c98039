using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Route 53: hosted zones, record sets, health checks, and what belongs to them.</summary>
internal sealed class Route53Service : RestService
{
    private readonly Route53State _state;

    public Route53Service(SandboxWorld world)
    {
        var state = _state = new Route53State(world);
        new ZoneOperations(state).AddTo(Operations);
        new ZoneListings(state).AddTo(Operations);
        new VpcOperations(state).AddTo(Operations);
        new DnssecOperations(state).AddTo(Operations);
        new QueryLoggingOperations(state).AddTo(Operations);
        new DelegationSetOperations(state).AddTo(Operations);
        new TrafficPolicyOperations(state).AddTo(Operations);
        new TrafficPolicyInstanceOperations(state).AddTo(Operations);
        new CidrOperations(state).AddTo(Operations);
        new RecordChanges(state).AddTo(Operations);
        new RecordListing(state).AddTo(Operations);
        new HealthCheckOperations(state).AddTo(Operations);
        new ZoneTagOperations(state).AddTo(Operations);
    }

    public override string SigningName => "route53";

    public override double? RequestsPerSecond(string operation) => 5;

    /// <summary>Whether a public zone has a record of this name, type and value. Names may go without their final dot.</summary>
    public bool HasPublicRecord(string name, string type, string value)
    {
        var key = new RecordKey(DnsName.Normalize(name), type, "");
        lock (Operations.Gate)
            return _state.Zones.Values.Any(zone => !zone.Private && zone.Records.TryGetValue(key, out var set) && set.Values.Any(known => known.TrimEnd('.') == value.TrimEnd('.')));
    }

    /// <summary>Errors of a change batch have a root of their own, without an Error element.</summary>
    public override SandboxResponse Render(SandboxRequest request, SandboxException error) => error.Code != Route53Errors.InvalidBatchCode
        ? XmlAnswer.Error(request, error, Route53Answer.Namespace)
        : XmlAnswer.Of(new XElement(error.Code,
            new XElement("Messages", error.Details.Select(detail => new XElement("Message", detail.Value))),
            new XElement("RequestId", request.RequestId)), Route53Answer.Namespace, error.Status);
}
