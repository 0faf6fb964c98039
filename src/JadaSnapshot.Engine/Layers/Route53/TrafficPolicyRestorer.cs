using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Brings traffic policies back with the versions that the snapshot has, under the same numbers.</summary>
internal sealed class TrafficPolicyRestorer : Route53Restorer
{
    private const string Versions = "versions.xml";

    private static readonly string Path = Route53Kinds.Root + "trafficpolicy";

    public override IReadOnlyList<string> Kinds => [Route53Kinds.TrafficPolicies.Name];

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Route53Kinds.TrafficPolicies.Document, (_, _) => Task.CompletedTask) { IsInCreate = true },
        new(Versions, PutAsync),
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new(Route53Kinds.TrafficPolicies.Document, "LatestVersion", "is counted by Route 53"),
        new(Route53Kinds.TrafficPolicies.Document, "TrafficPolicyCount", "is counted by Route 53"),
    ];

    public override bool IsPrerequisite(string kind) => true;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var first = VersionsOf(work.Documents).First().Value;
        XElement made;
        try
        {
            XElement body = new(Space + "CreateTrafficPolicyRequest", new XElement(Space + "Name", first.Text("Name")), new XElement(Space + "Document", first.Text("Document")), XmlRequest.Optional(Space + "Comment", first.Text("Comment")));
            made = (await Wire(work).SendAsync(XmlRequest.Of("CreateTrafficPolicy", "POST", Path, body), cancel)).Xml().All("TrafficPolicy").First();
        }
        catch (ServiceException exception) when (exception.Code == "TrafficPolicyAlreadyExists")
        {
            made = await FindAsync(work, Route53Kinds.TrafficPolicies.List, found => found.Text("Name") == first.Text("Name"), cancel) ?? exception.Again<XElement>();
        }
        work.Created(made.Text("Id") ?? "");
    }

    public override async Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        foreach (var version in VersionsOf(work.Live).Keys.Reverse()) await DeleteAsync(work, version, cancel);
    }

    // Numbers are counted on, and what was deleted leaves a gap that is made again.
    private static async Task PutAsync(RestoreWork work, CancellationToken cancel)
    {
        var wanted = VersionsOf(work.Documents);
        var live = await ListAsync(work, cancel);
        while (live.Keys.Max() < wanted.Keys.Max())
        {
            var version = wanted.First(each => each.Key > live.Keys.Max()).Value;
            XElement body = new(Space + "CreateTrafficPolicyVersionRequest", new XElement(Space + "Document", version.Text("Document")), XmlRequest.Optional(Space + "Comment", version.Text("Comment")));
            await Wire(work).SendAsync(XmlRequest.Of("CreateTrafficPolicyVersion", "POST", WirePath.Of(Path + "/{}", work.RequiredId), body), cancel);
            // A call whose answer was lost has made one more.
            live = await ListAsync(work, cancel);
        }
        foreach (var (number, version) in wanted)
        {
            if (!live.TryGetValue(number, out var there) || there.Text("Document") != version.Text("Document"))
                throw new InvalidOperationException($"Version {number} says something else now, or is gone, and a version is written once.");
            if (there.Text("Comment") != version.Text("Comment"))
                await Wire(work).SendAsync(XmlRequest.Of("UpdateTrafficPolicyComment", "POST", PathOf(work, number), new(Space + "UpdateTrafficPolicyCommentRequest", new XElement(Space + "Comment", version.Text("Comment") ?? ""))), cancel);
        }
        if (work.IsNew || work.Target.Prune)
            foreach (var number in live.Keys.Where(number => !wanted.ContainsKey(number))) await DeleteAsync(work, number, cancel);
    }

    private static async Task<SortedDictionary<int, XElement>> ListAsync(RestoreWork work, CancellationToken cancel)
    {
        SortedDictionary<int, XElement> versions = new();
        await foreach (var item in Route53Kinds.PolicyVersions(work.RequiredId).ItemsAsync(Wire(work), cancel))
            if (item.ToXml() is var version) versions[Number(version)] = version;
        return versions;
    }

    private static Task<WireResponse> DeleteAsync(RestoreWork work, int version, CancellationToken cancel) =>
        Wire(work).SendAsync(new() { Operation = "DeleteTrafficPolicy", Method = "DELETE", Path = PathOf(work, version) }, cancel);

    private static SortedDictionary<int, XElement> VersionsOf(ResourceDocuments documents) =>
        new(documents.All("versions").SelectMany(page => page.ToXml().All("TrafficPolicies", "TrafficPolicy")).ToDictionary(Number));

    private static int Number(XElement version) => int.Parse(version.Text("Version") ?? "1", CultureInfo.InvariantCulture);

    private static string PathOf(RestoreWork work, int version) => WirePath.Of(Path + "/{}/{}", work.RequiredId, version.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Brings back the names that answer by a traffic policy.</summary>
internal sealed class TrafficPolicyInstanceRestorer : Route53Restorer
{
    private const string Document = "traffic-policy-instance.xml";

    private static readonly string Path = Route53Kinds.Root + "trafficpolicyinstance";

    public override IReadOnlyList<string> Kinds => [Route53Kinds.TrafficPolicyInstances.Name];

    public override RestorePhase Phase => RestorePhase.Records;

    public override IReadOnlyList<RestorePart> Parts => [new(Document, UpdateAsync) { IsInCreate = true }];

    public override IReadOnlyList<Loss> Losses => [new(Document, "State", "tells how far it is"), new(Document, "Message", "tells how far it is")];

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var wanted = work.Documents.Xml(Document)!;
        XElement made;
        try
        {
            made = (await Wire(work).SendAsync(XmlRequest.Of("CreateTrafficPolicyInstance", "POST", Path, Body(wanted, "CreateTrafficPolicyInstanceRequest", "HostedZoneId", "Name", "TTL", "TrafficPolicyId", "TrafficPolicyVersion")), cancel)).Xml().All("TrafficPolicyInstance").First();
        }
        catch (ServiceException exception) when (exception.Code == "TrafficPolicyInstanceAlreadyExists")
        {
            made = await FindAsync(work, Route53Kinds.TrafficPolicyInstances.List, found => found.Text("HostedZoneId") == wanted.Text("HostedZoneId") && found.Text("Name") == wanted.Text("Name") && found.Text("TrafficPolicyType") == wanted.Text("TrafficPolicyType"), cancel) ?? exception.Again<XElement>();
        }
        work.Created(made.Text("Id") ?? "");
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        Wire(work).SendAsync(new() { Operation = "DeleteTrafficPolicyInstance", Method = "DELETE", Path = WirePath.Of(Path + "/{}", work.RequiredId) }, cancel);

    private static Task<WireResponse> UpdateAsync(RestoreWork work, CancellationToken cancel) => Wire(work).SendAsync(
        XmlRequest.Of("UpdateTrafficPolicyInstance", "POST", WirePath.Of(Path + "/{}", work.RequiredId), Body(work.Documents.Xml(Document)!, "UpdateTrafficPolicyInstanceRequest", "TTL", "TrafficPolicyId", "TrafficPolicyVersion")), cancel);

    private static XElement Body(XElement instance, string request, params string[] members) =>
        new(Space + request, members.Select(member => instance.All(member).FirstOrDefault()?.In(Space)));
}
