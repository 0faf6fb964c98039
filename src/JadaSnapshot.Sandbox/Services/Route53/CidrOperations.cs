using System.Globalization;
using System.Net;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Named blocks of addresses that record sets can be chosen by.</summary>
internal sealed class CidrOperations(Route53State state)
{
    private const string Collections = "/2013-04-01/cidrcollection";

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateCidrCollection", $"POST {Collections}", Create);
        operations.Add("ChangeCidrCollection", $"POST {Collections}/{{CidrCollectionId}}", Change);
        operations.Add("DeleteCidrCollection", $"DELETE {Collections}/{{CidrCollectionId}}", Delete);
        operations.Add("ListCidrCollections", $"GET {Collections}", List);
        operations.Add("ListCidrBlocks", $"GET {Collections}/{{CidrCollectionId}}/cidrblocks", ListBlocks);
    }

    private CidrCollection Find(Call call) => state.CidrCollection(call.Label("CidrCollectionId"));

    private SandboxResponse Create(Call call)
    {
        var asked = call.Xml.Named("CreateCidrCollectionRequest");
        var name = asked.Need("Name", Route53Errors.InvalidInputCode);
        _ = asked.Need("CallerReference", Route53Errors.InvalidInputCode);
        if (state.CidrCollections.Values.Any(known => known.Name == name)) throw new SandboxException(400, "CidrCollectionAlreadyExistsException", "A CIDR collection with this name and a different caller reference already exists in this account.");
        var collection = new CidrCollection(state.World.NewGuid(), name);
        state.CidrCollections.Add(collection.Id, collection);
        return Route53Answer.Created(call, $"https://route53.amazonaws.com{Collections}/{collection.Id}", collection.Render("Collection"));
    }

    private SandboxResponse Change(Call call)
    {
        var collection = Find(call);
        var asked = call.Xml.Named("ChangeCidrCollectionRequest");
        if (asked.Number("CollectionVersion", Route53Errors.InvalidInputCode) is { } version && version != collection.Version)
            throw new SandboxException(409, "CidrCollectionVersionMismatchException", "The CIDR collection version you provided does not match the one in the CIDR collection.");
        foreach (var change in asked.NeedElement("Changes", Route53Errors.InvalidInputCode).Elements("member"))
            foreach (var block in change.NeedElement("CidrList", Route53Errors.InvalidInputCode).Elements("Cidr"))
            {
                if (!IPNetwork.TryParse(block.Value, out _)) throw Route53Errors.InvalidInput($"'{block.Value}' is no CIDR block.");
                if (change.Text("Action") == "PUT") collection.Blocks[block.Value] = change.Need("LocationName", Route53Errors.InvalidInputCode);
                else collection.Blocks.Remove(block.Value);
            }
        collection.Version++;
        return Route53Answer.Of(call, new XElement("Id", state.World.NewGuid()));
    }

    private SandboxResponse Delete(Call call)
    {
        var collection = Find(call);
        if (collection.Blocks.Count > 0) throw new SandboxException(400, "CidrCollectionInUseException", "This CIDR collection is in use, and isn't empty.");
        state.CidrCollections.Remove(collection.Id);
        return Route53Answer.Of(call);
    }

    private SandboxResponse List(Call call)
    {
        var page = state.CidrCollections.Values.From(Token(call), Size(call), collection => collection.Id);
        return Route53Answer.Of(call, Next(page.Marker), new XElement("CidrCollections", page.Items.Select(collection => collection.Render("member"))));
    }

    private SandboxResponse ListBlocks(Call call)
    {
        var page = Find(call).Blocks.From(Token(call), Size(call), block => block.Key);
        return Route53Answer.Of(call, Next(page.Marker), new XElement("CidrBlocks", page.Items.Select(block =>
            new XElement("member", new XElement("CidrBlock", block.Key), new XElement("LocationName", block.Value)))));
    }

    private static int Size(Call call) => call.PageSize("maxresults", 100, Route53Errors.InvalidInputCode);

    private static string? Token(Call call) => Marker.Open(call.Query("nexttoken"), Route53Errors.InvalidInputCode);

    private static XElement? Next(string? marker) => marker is null ? null : new XElement("NextToken", Marker.Seal(marker));
}

internal sealed record CidrCollection(string Id, string Name)
{
    public long Version { get; set; } = 1;

    /// <summary>The location of each block.</summary>
    public SortedDictionary<string, string> Blocks { get; } = new(StringComparer.Ordinal);

    public XElement Render(string element) => new(element,
        new XElement("Arn", $"arn:aws:route53:::cidrcollection/{Id}"),
        new XElement("Id", Id),
        new XElement("Name", Name),
        new XElement("Version", Version.ToString(CultureInfo.InvariantCulture)));
}
