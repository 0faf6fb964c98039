using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>The networks that a private zone answers in, and those of other accounts that may join.</summary>
internal sealed class VpcOperations(Route53State state)
{
    private const string Zone = "/2013-04-01/hostedzone/{Id}";

    public void AddTo(OperationTable operations)
    {
        operations.Add("AssociateVPCWithHostedZone", $"POST {Zone}/associatevpc", Associate);
        operations.Add("DisassociateVPCFromHostedZone", $"POST {Zone}/disassociatevpc", Disassociate);
        operations.Add("CreateVPCAssociationAuthorization", $"POST {Zone}/authorizevpcassociation", Authorize);
        operations.Add("DeleteVPCAssociationAuthorization", $"POST {Zone}/deauthorizevpcassociation", Deauthorize);
        operations.Add("ListVPCAssociationAuthorizations", $"GET {Zone}/authorizevpcassociation", List);
    }

    private (HostedZone Zone, Vpc Vpc) Read(Call call)
    {
        var zone = state.Zone(call.Label("Id"));
        var vpc = Vpc.Read(call.Xml.Named($"{call.Request.Operation}Request").NeedElement("VPC", Route53Errors.InvalidInputCode));
        return zone.Private ? (zone, vpc) : throw new SandboxException(400, "PublicZoneVPCAssociation", "You're trying to associate a VPC with a public hosted zone.");
    }

    private SandboxResponse Associate(Call call)
    {
        var (zone, vpc) = Read(call);
        if (zone.Vpcs.Contains(vpc)) throw new SandboxException(400, "ConflictingDomainExists", $"The VPC {vpc.Id} is already associated with the hosted zone.");
        zone.Vpcs.Add(vpc);
        return Route53Answer.Of(call, state.NewChange(call.Xml.Text("Comment")));
    }

    private SandboxResponse Disassociate(Call call)
    {
        var (zone, vpc) = Read(call);
        if (!zone.Vpcs.Contains(vpc)) throw new SandboxException(404, "VPCAssociationNotFound", "The specified VPC and hosted zone are not currently associated.");
        if (zone.Vpcs.Count == 1) throw new SandboxException(400, "LastVPCAssociation", "The VPC that you're trying to disassociate is the last one of the private hosted zone.");
        zone.Vpcs.Remove(vpc);
        return Route53Answer.Of(call, state.NewChange(call.Xml.Text("Comment")));
    }

    private SandboxResponse Authorize(Call call)
    {
        var (zone, vpc) = Read(call);
        if (!zone.Authorized.Contains(vpc)) zone.Authorized.Add(vpc);
        return Route53Answer.Of(call, new XElement("HostedZoneId", zone.Id), vpc.Render());
    }

    private SandboxResponse Deauthorize(Call call)
    {
        var (zone, vpc) = Read(call);
        if (!zone.Authorized.Remove(vpc)) throw new SandboxException(404, "VPCAssociationAuthorizationNotFound", "The VPC that you specified is not authorized to be associated with the hosted zone.");
        return Route53Answer.Of(call);
    }

    private SandboxResponse List(Call call)
    {
        var zone = state.Zone(call.Label("Id"));
        var size = call.PageSize("maxresults", 50, Route53Errors.InvalidInputCode);
        var page = zone.Authorized.From(Marker.Open(call.Query("nexttoken"), "InvalidPaginationToken"), size, vpc => vpc.Id);
        return Route53Answer.Of(call,
            new XElement("HostedZoneId", zone.Id),
            page.Marker is null ? null : new XElement("NextToken", Marker.Seal(page.Marker)),
            new XElement("VPCs", page.Items.Select(vpc => vpc.Render())));
    }
}
