using System.Text.Json;
using System.Xml.Linq;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Capture;

/// <summary>The documents of one resource, by their paths below its folder.</summary>
public sealed class ResourceDocuments(IReadOnlyDictionary<string, byte[]> documents)
{
    /// <summary>A document; null where there is none.</summary>
    public byte[]? Find(string document) => documents.GetValueOrDefault(document);

    /// <summary>The documents whose path begins so, in ordinal order: the pages of one listing.</summary>
    public IEnumerable<byte[]> All(string prefix) =>
        documents.Where(document => document.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(document => document.Key, StringComparer.Ordinal).Select(document => document.Value);

    /// <summary>A document as JSON; an undefined element where there is none.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public JsonElement Json(string document) => Find(document) is { } found ? JsonElement.Parse(found) : default;

    /// <summary>The documents whose path begins so, as JSON, in ordinal order.</summary>
    /// <exception cref="JsonException">One is none.</exception>
    public IEnumerable<JsonElement> AllJson(string prefix) => All(prefix).Select(document => JsonElement.Parse(document));

    /// <summary>A document as XML; null where there is none.</summary>
    /// <exception cref="System.Xml.XmlException">It is none.</exception>
    public XElement? Xml(string document) => Find(document)?.ToXml();
}
