using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Makes reusable delegation sets again. Their name servers are others.</summary>
internal sealed class DelegationSetRestorer : Route53Restorer
{
    private const string Document = "delegation-set.xml";

    private static readonly string Path = Route53Kinds.Root + "delegationset";

    public override IReadOnlyList<string> Kinds => [Route53Kinds.DelegationSets.Name];

    public override IReadOnlyList<RestorePart> Parts => [new(Document, (_, _) => Task.CompletedTask) { IsInCreate = true }];

    public override IReadOnlyList<Loss> Losses => [new(Document, "NameServers*", "are given by Route 53; the registrars of its zones have to learn them")];

    public override bool IsPrerequisite(string kind) => true;

    public override bool IdentityIsInDocuments(string kind) => true;

    public override string? Identity(Resource resource, ResourceDocuments documents) => documents.Xml(Document)?.Text("CallerReference");

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var (made, _) = await MakeOnceAsync(
            work, work.Documents.Xml(Document)!.Text("CallerReference"), refusal => refusal.Code == "DelegationSetAlreadyCreated", async reference =>
                (await Wire(work).SendAsync(XmlRequest.Of("CreateReusableDelegationSet", "POST", Path, new(Space + "CreateReusableDelegationSetRequest", new XElement(Space + "CallerReference", reference))), cancel)).Xml().All("DelegationSet").First(),
            reference => FindAsync(work, Route53Kinds.DelegationSets.List, found => found.Text("CallerReference") == reference, cancel));
        work.Created(ListedKind.Bare(made.Text("Id") ?? ""));
        work.Note($"Its name servers are {string.Join(", ", made.All("NameServers", "NameServer").Select(server => server.Value))}.");
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        Wire(work).SendAsync(new() { Operation = "DeleteReusableDelegationSet", Method = "DELETE", Path = WirePath.Of(Path + "/{}", work.RequiredId) }, cancel);
}
