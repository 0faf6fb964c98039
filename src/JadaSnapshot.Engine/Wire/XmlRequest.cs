using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Writes requests of services whose bodies are XML, and takes over parts of other documents as they stand there.</summary>
internal static class XmlRequest
{
    // Line ends within values are sent as they are, on every platform.
    private static readonly XmlWriterSettings Plain = new() { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize };

    /// <summary>A request with a body.</summary>
    public static WireRequest Of(string operation, string method, string path, XElement body, params IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new() { Operation = operation, Method = method, Path = path, Parameters = parameters, Body = ToBytes(body) };

    /// <summary>An element as it stands in another document, in a namespace and under a name of its own, without some of its children.</summary>
    /// <param name="element">The element.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="name">Its name; null for the one that it has.</param>
    /// <param name="without">The children that the request cannot take.</param>
    public static XElement In(this XElement element, XNamespace space, string? name = null, params IReadOnlyCollection<string> without) => new(
        space + (name ?? element.Name.LocalName),
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration),
        element.HasElements ? element.Elements().Where(child => !without.Contains(child.Name.LocalName)).Select(child => child.In(space)) : element.Value);

    /// <summary>An element of a text; null where there is none.</summary>
    public static XElement? Optional(XName name, string? text) => text is null ? null : new(name, text);

    private static byte[] ToBytes(XElement body)
    {
        using var text = new MemoryStream();
        using (var writer = XmlWriter.Create(text, Plain)) body.WriteTo(writer);
        return text.ToArray();
    }
}
