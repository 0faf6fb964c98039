using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Brings hosted zones back, and later their records (<see href="https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html"/>).</summary>
internal sealed class HostedZoneRestorer : Route53Restorer
{
    private const string Document = ZoneDocuments.Zone;

    private static readonly string Path = Route53Kinds.Root + "hostedzone";

    public override IReadOnlyList<string> Kinds => [Route53Kinds.Zones.Name];

    public override string? ListedBy(string kind) => "ListHostedZones";

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Document, PutAsync) { IsInCreate = true },
        new(Tags, (work, cancel) => PutTagsAsync(work, "hostedzone", cancel)),
        new(ZoneDocuments.QueryLogging, LogQueriesAsync) { RemoveAsync = ForgetQueriesAsync },
        new(ZoneDocuments.Dnssec, (work, cancel) => new ZoneSigning(work).PutAsync(cancel)),
        new("vpc-authorizations.xml", AuthorizeAsync),
        new(ZoneRecords.Document, (work, cancel) => new ZoneRecords(work).PutAsync(cancel)) { Phase = RestorePhase.Records, Name = "records", IsDivisible = true },
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new(Document, "DelegationSet.NameServers*", "are given by Route 53; the registrar has to learn them"),
        new(Document, "HostedZone.LinkedService*", "tells which service made it"),
        new(ZoneDocuments.QueryLogging, "Id", "is given by Route 53"),
        .. ZoneSigning.Losses,
        .. ZoneRecords.Losses,
    ];

    public override int Rank(string kind) => 1;

    public override bool IdentityIsInDocuments(string kind) => true;

    public override string? Identity(Resource resource, ResourceDocuments documents) =>
        documents.Xml(Document)?.All("HostedZone").FirstOrDefault() is { } zone ? $"{resource.Name}{(Route53Kinds.IsPrivate(zone) ? " private" : "")}" : null;

    public override string? WhyFixed(string kind, string document, string path) =>
        document == Document && (path is "HostedZone.Name" or "HostedZone.Config.PrivateZone" || path.StartsWith("DelegationSet.Id", StringComparison.Ordinal)) ? "it is given once, when a zone is made" : null;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var document = work.Documents.Xml(Document)!;
        var zone = document.All("HostedZone").First();
        var vpcs = document.All("VPCs", "VPC").ToList();
        var (made, wasThere) = await MakeOnceAsync(
            work, zone.Text("CallerReference"), exception => exception.Code == "HostedZoneAlreadyExists", async reference =>
            {
                XElement body = new(Space + "CreateHostedZoneRequest",
                    new XElement(Space + "Name", zone.Text("Name")),
                    vpcs.FirstOrDefault()?.In(Space),
                    new XElement(Space + "CallerReference", reference),
                    zone.All("Config").FirstOrDefault()?.In(Space, "HostedZoneConfig"),
                    XmlRequest.Optional(Space + "DelegationSetId", document.All("DelegationSet").FirstOrDefault()?.Text("Id") is { } set ? ListedKind.Bare(set) : null));
                return (await SendAsync(work, XmlRequest.Of("CreateHostedZone", "POST", Path, body), cancel)).Xml().All("HostedZone").First();
            },
            reference => FindAsync(work, Route53Kinds.Zones.List, found => found.Text("CallerReference") == reference && found.Text("Name") == zone.Text("Name"), cancel));
        var id = ListedKind.Bare(made.Text("Id") ?? "");
        work.Created(id, $"arn:aws:route53:::hostedzone/{id}");
        var live = await GetAsync(work, cancel);
        if (wasThere) await PutAsync(work, live, cancel);
        else await AssociateAsync(work, vpcs.Skip(1), cancel);
        var servers = live.All("DelegationSet", "NameServers", "NameServer").Select(server => server.Value).ToList();
        if (servers.Count > 0) work.Note($"The name servers of {work.Resource.Name} are {string.Join(", ", servers)}: the registrar, or the zone above, has to name them.");
    }

    // A zone is deleted when it is empty. What is deleted was asked for as a whole.
    public override async Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        await new ZoneRecords(work).DeleteAllAsync(cancel);
        await Wire(work).SendAsync(new() { Operation = "DeleteHostedZone", Method = "DELETE", Path = WirePath.Of(Path + "/{}", work.RequiredId) }, cancel);
    }

    private static async Task PutAsync(RestoreWork work, CancellationToken cancel) => await PutAsync(work, work.Live.Xml(Document) ?? await GetAsync(work, cancel), cancel);

    private static async Task PutAsync(RestoreWork work, XElement live, CancellationToken cancel)
    {
        var wanted = work.Documents.Xml(Document)!;
        if (Comment(wanted) != Comment(live))
            await Wire(work).SendAsync(XmlRequest.Of("UpdateHostedZoneComment", "POST", WirePath.Of(Path + "/{}", work.RequiredId), new(Space + "UpdateHostedZoneCommentRequest", XmlRequest.Optional(Space + "Comment", Comment(wanted)))), cancel);
        var (vpcs, had) = (wanted.All("VPCs", "VPC").ToList(), live.All("VPCs", "VPC").ToList());
        await AssociateAsync(work, vpcs.Where(vpc => had.All(other => IdOf(other) != IdOf(vpc))), cancel);
        foreach (var vpc in had.Where(vpc => vpcs.All(other => IdOf(other) != IdOf(vpc)))) await SendAsync(work, VpcRequest(work, "DisassociateVPCFromHostedZone", "disassociatevpc", vpc), cancel);
    }

    private static async Task AssociateAsync(RestoreWork work, IEnumerable<XElement> vpcs, CancellationToken cancel)
    {
        foreach (var vpc in vpcs) await SendAsync(work, VpcRequest(work, "AssociateVPCWithHostedZone", "associatevpc", vpc), cancel);
    }

    private static async Task AuthorizeAsync(RestoreWork work, CancellationToken cancel)
    {
        var (wanted, had) = (Authorized(work.Documents), Authorized(work.Live));
        foreach (var vpc in wanted.Where(vpc => had.All(other => IdOf(other) != IdOf(vpc)))) await SendAsync(work, VpcRequest(work, "CreateVPCAssociationAuthorization", "authorizevpcassociation", vpc), cancel);
        foreach (var vpc in had.Where(vpc => wanted.All(other => IdOf(other) != IdOf(vpc)))) await SendAsync(work, VpcRequest(work, "DeleteVPCAssociationAuthorization", "deauthorizevpcassociation", vpc), cancel);
    }

    private static async Task<WireResponse> SendAsync(RestoreWork work, WireRequest request, CancellationToken cancel)
    {
        try
        {
            return await Wire(work).SendAsync(request, cancel);
        }
        catch (ServiceException exception) when (exception.Code == "InvalidVPCId")
        {
            throw new InvalidOperationException($"{exception.Message} Networks are not in a snapshot: give the one that stands for it in this account by its id, as another name (-Rename).", exception);
        }
    }

    private static async Task LogQueriesAsync(RestoreWork work, CancellationToken cancel)
    {
        await ForgetQueriesAsync(work, cancel);
        XElement body = new(Space + "CreateQueryLoggingConfigRequest",
            new XElement(Space + "HostedZoneId", work.RequiredId), new XElement(Space + "CloudWatchLogsLogGroupArn", work.Documents.Xml(ZoneDocuments.QueryLogging)!.Text("CloudWatchLogsLogGroupArn")));
        try
        {
            await Wire(work).SendAsync(XmlRequest.Of("CreateQueryLoggingConfig", "POST", Route53Kinds.QueryLogging.Path, body), cancel);
        }
        catch (ServiceException exception) when (exception.Code == "QueryLoggingConfigAlreadyExists" && work.IsNew)
        {
            // A call whose answer was lost has made it.
        }
    }

    private static async Task ForgetQueriesAsync(RestoreWork work, CancellationToken cancel)
    {
        if (work.Live.Xml(ZoneDocuments.QueryLogging)?.Text("Id") is { } id)
            await Wire(work).SendAsync(new() { Operation = "DeleteQueryLoggingConfig", Method = "DELETE", Path = WirePath.Of(Route53Kinds.QueryLogging.Path + "/{}", id) }, cancel);
    }

    private static async Task<XElement> GetAsync(RestoreWork work, CancellationToken cancel) =>
        (await Wire(work).SendAsync(WireRequest.Get("GetHostedZone", WirePath.Of(Path + "/{}", work.RequiredId)), cancel)).Xml();

    private static WireRequest VpcRequest(RestoreWork work, string operation, string word, XElement vpc) =>
        XmlRequest.Of(operation, "POST", WirePath.Of(Path + "/{}/" + word, work.RequiredId), new(Space + (operation + "Request"), vpc.In(Space)));

    private static List<XElement> Authorized(ResourceDocuments documents) => [.. documents.All("vpc-authorizations").SelectMany(page => page.ToXml().All("VPCs", "VPC"))];

    private static string? IdOf(XElement vpc) => vpc.Text("VPCId");

    private static string? Comment(XElement zone) => zone.All("HostedZone", "Config").FirstOrDefault()?.Text("Comment");
}
