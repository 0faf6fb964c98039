using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Brings collections of address blocks back.</summary>
internal sealed class CidrCollectionRestorer : Route53Restorer
{
    private const string Document = "cidr-collection.xml";
    private const int BlocksPerCall = 1000;

    public override IReadOnlyList<string> Kinds => [Route53Kinds.CidrCollections.Name];

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Document, (_, _) => Task.CompletedTask) { IsInCreate = true },
        new("blocks.xml", PutBlocksAsync),
    ];

    public override IReadOnlyList<Loss> Losses => [new(Document, "Version", "is counted by Route 53")];

    public override bool IsPrerequisite(string kind) => true;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var name = work.Documents.Xml(Document)!.Text("Name") ?? work.Name;
        XElement made;
        try
        {
            XElement body = new(Space + "CreateCidrCollectionRequest", new XElement(Space + "Name", name), new XElement(Space + "CallerReference", work.Token));
            made = (await Wire(work).SendAsync(XmlRequest.Of("CreateCidrCollection", "POST", Route53Kinds.CidrCollections.List.Path, body), cancel)).Xml().All("Collection").First();
        }
        catch (ServiceException exception) when (exception.Code == "CidrCollectionAlreadyExistsException")
        {
            made = await FindAsync(work, Route53Kinds.CidrCollections.List, found => found.Text("Name") == name, cancel) ?? exception.Again<XElement>();
        }
        work.Created(made.Text("Id") ?? "", made.Text("Arn"));
    }

    // Only an empty one can be deleted.
    public override async Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        await ChangeAsync(work, Blocks(work.Live).Select(block => ("DELETE_IF_EXISTS", block)), cancel);
        await Wire(work).SendAsync(new() { Operation = "DeleteCidrCollection", Method = "DELETE", Path = PathOf(work) }, cancel);
    }

    private static Task PutBlocksAsync(RestoreWork work, CancellationToken cancel)
    {
        var (wanted, live) = (Blocks(work.Documents), Blocks(work.Live));
        return ChangeAsync(work, [.. live.Except(wanted).Select(block => ("DELETE_IF_EXISTS", block)), .. wanted.Except(live).Select(block => ("PUT", block))], cancel);
    }

    private static async Task ChangeAsync(RestoreWork work, IEnumerable<(string Action, (string Location, string Block) Block)> changes, CancellationToken cancel)
    {
        foreach (var batch in changes.Chunk(BlocksPerCall))
        {
            var members = batch.GroupBy(change => (change.Action, change.Block.Location)).Select(group => new XElement(Space + "member",
                new XElement(Space + "LocationName", group.Key.Location), new XElement(Space + "Action", group.Key.Action), new XElement(Space + "CidrList", group.Select(change => new XElement(Space + "Cidr", change.Block.Block)))));
            await Wire(work).SendAsync(XmlRequest.Of("ChangeCidrCollection", "POST", PathOf(work), new(Space + "ChangeCidrCollectionRequest", new XElement(Space + "Changes", members))), cancel);
        }
    }

    private static List<(string Location, string Block)> Blocks(ResourceDocuments documents) =>
        [.. documents.All("blocks").SelectMany(page => page.ToXml().All("CidrBlocks", "member")).Select(block => (block.Text("LocationName") ?? "", block.Text("CidrBlock") ?? ""))];

    private static string PathOf(RestoreWork work) => WirePath.Of(Route53Kinds.CidrCollections.List.Path + "/{}", work.RequiredId);
}
