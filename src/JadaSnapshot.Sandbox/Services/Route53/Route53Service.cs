using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Route 53: hosted zones, record sets, health checks and their tags.</summary>
internal sealed class Route53Service : RestService
{
    private readonly Route53State _state;

    public Route53Service(SandboxWorld world)
    {
        _state = new Route53State(world);
        new ZoneOperations(_state).AddTo(Operations);
        new ZoneListings(_state).AddTo(Operations);
        new ZoneExtras(_state).AddTo(Operations);
        new RecordChanges(_state).AddTo(Operations);
        new RecordListing(_state).AddTo(Operations);
        new HealthCheckOperations(_state).AddTo(Operations);
        new ZoneTagOperations(_state).AddTo(Operations);
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
