using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>What the restorers of Route 53 share: ids are given, and a caller reference makes a thing once.</summary>
internal abstract class Route53Restorer : Restorer
{
    protected const string Tags = ZoneDocuments.Tags;

    protected static readonly XNamespace Space = Route53Kinds.Namespace;

    public override string Layer => Route53Layer.LayerName;

    public override RestorePhase Phase => RestorePhase.Zones;

    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override bool CanDelete(string kind) => true;

    /// <summary>
    /// Makes something under the caller reference of the snapshot. Where that is taken, what has it is looked for: a call whose answer was lost
    /// has made it. Where it is nowhere, it was used by something that is no more, which Route 53 may not forget.
    /// </summary>
    /// <param name="work">The resource.</param>
    /// <param name="reference">The snapshot's caller reference.</param>
    /// <param name="isTaken">Whether a refusal says that a reference is taken.</param>
    /// <param name="make">Makes it, and gives the answer's element that has its id.</param>
    /// <param name="find">Finds what has a reference.</param>
    protected static async Task<(XElement Made, bool WasThere)> MakeOnceAsync(RestoreWork work, string? reference, Func<ServiceException, bool> isTaken, Func<string, Task<XElement>> make, Func<string, Task<XElement?>> find)
    {
        ServiceException? refusal = null;
        foreach (var each in new[] { reference ?? work.Token, work.Token })
        {
            try
            {
                return (await make(each), false);
            }
            catch (ServiceException exception) when (isTaken(exception))
            {
                refusal = exception;
            }
            if (await find(each) is { } known) return (known, true);
        }
        throw refusal!;
    }

    /// <summary>The item of a list that has a caller reference, or null.</summary>
    protected static async Task<XElement?> FindAsync(RestoreWork work, XmlList list, Func<XElement, bool> isIt, CancellationToken cancel)
    {
        await foreach (var item in list.ItemsAsync(Wire(work), cancel))
            if (item.ToXml() is var found && isIt(found)) return found;
        return null;
    }

    protected static async Task PutTagsAsync(RestoreWork work, string type, CancellationToken cancel)
    {
        var (wanted, live) = (TagsOf(work.Documents), TagsOf(work.Live));
        var put = wanted.Where(tag => live.GetValueOrDefault(tag.Key) != tag.Value).Select(tag => new XElement(Space + "Tag", new XElement(Space + "Key", tag.Key), new XElement(Space + "Value", tag.Value))).ToList();
        var gone = live.Keys.Except(wanted.Keys).Select(key => new XElement(Space + "Key", key)).ToList();
        if (put.Count + gone.Count == 0) return;
        XElement body = new(Space + "ChangeTagsForResourceRequest", put.Count == 0 ? null : new XElement(Space + "AddTags", put), gone.Count == 0 ? null : new XElement(Space + "RemoveTagKeys", gone));
        await Wire(work).SendAsync(XmlRequest.Of("ChangeTagsForResource", "POST", WirePath.Of(Route53Kinds.Root + "tags/{}/{}", type, work.RequiredId), body), cancel);
    }

    protected static WireClient Wire(RestoreWork work) => work.Wire(Route53Layer.Service);

    private static Dictionary<string, string> TagsOf(ResourceDocuments documents) =>
        documents.Xml(Tags)?.All("Tags", "Tag").ToDictionary(tag => tag.Text("Key") ?? "", tag => tag.Text("Value") ?? "", StringComparer.Ordinal) ?? [];
}
