using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>What zones can have beside records: the sandbox's have none of it.</summary>
internal sealed class ZoneExtras(Route53State state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("GetDNSSEC", "GET /2013-04-01/hostedzone/{Id}/dnssec", GetDnssec);
        operations.Add("ListQueryLoggingConfigs", "GET /2013-04-01/queryloggingconfig", ListQueryLogging);
    }

    private SandboxResponse GetDnssec(Call call)
    {
        if (state.Zone(call.Label("Id")).Private) throw new SandboxException(400, "InvalidArgument", "DNSSEC is not supported for private hosted zones.");
        return Route53Answer.Of(call, new XElement("Status", new XElement("ServeSignature", "NOT_SIGNING")), new XElement("KeySigningKeys"));
    }

    private SandboxResponse ListQueryLogging(Call call)
    {
        if (call.Query("hostedzoneid") is { Length: > 0 } id) state.Zone(id);
        return Route53Answer.Of(call, new XElement("QueryLoggingConfigs"));
    }
}
