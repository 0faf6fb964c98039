using System.Text.Json;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>What a runbook is made from: the resources that it is about, and the documents of the snapshot.</summary>
/// <param name="documents">The paths of all documents, in ordinal order.</param>
internal sealed class RunbookSource(IEnumerable<string> documents)
{
    private readonly DocumentPaths _documents = new(documents);

    /// <summary>The snapshot's name.</summary>
    public required string Name { get; init; }

    /// <summary>The account that it was taken of.</summary>
    public required string Account { get; init; }

    /// <summary>The layers that the runbook is about.</summary>
    public required IReadOnlyCollection<string> Layers { get; init; }

    /// <summary>The resources that it is about, in the order of their keys.</summary>
    public required IReadOnlyList<Resource> Resources { get; init; }

    /// <summary>Whether it is about some resources only; a layer that has none of them is not spoken of.</summary>
    public bool IsPart { get; init; }

    /// <summary>How much the objects of each bucket come to, by the bucket's key.</summary>
    public required IReadOnlyDictionary<string, ObjectTotals> Objects { get; init; }

    /// <summary>Reads a document.</summary>
    public required Func<string, byte[]> Read { get; init; }

    /// <summary>What a snapshot that has just been captured tells.</summary>
    public static RunbookSource Of(CapturedEstate estate) => new(estate.Documents)
    {
        Name = estate.Name,
        Account = estate.Account,
        Layers = estate.Layers,
        Resources = estate.Resources,
        Objects = estate.Objects,
        Read = estate.Read,
    };

    /// <summary>The resources of a layer and of one of its kinds.</summary>
    public IEnumerable<Resource> Of(string layer, string kind) => Resources.Where(resource => resource.Layer == layer && resource.Kind == kind);

    /// <summary>Whether there is such a document.</summary>
    public bool Has(string path) => _documents.Has(path);

    /// <summary>The documents whose path begins so.</summary>
    public IEnumerable<string> Below(string prefix) => _documents.Below(prefix);

    /// <summary>A document as JSON; an undefined element where there is none.</summary>
    public JsonElement Json(string path) => Has(path) ? JsonElement.Parse(Read(path)) : default;

    /// <summary>The documents whose path begins so, as JSON: the pages of a listing.</summary>
    public IEnumerable<JsonElement> AllJson(string prefix) => Below(prefix).Where(path => path.EndsWith(".json", StringComparison.Ordinal)).Select(path => JsonElement.Parse(Read(path)));

    /// <summary>A document as XML; null where there is none.</summary>
    public XElement? Xml(string path) => Has(path) ? Read(path).ToXml() : null;
}
