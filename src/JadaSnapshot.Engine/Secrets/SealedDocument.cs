using System.Text.Json;
using System.Xml.Linq;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>What an opened document says in the places where the one without secrets has fingerprints.</summary>
public static class SealedDocument
{
    /// <summary>The secrets of a document, in its order.</summary>
    /// <param name="path">The path of the document without secrets, which names them.</param>
    /// <param name="document">The document without secrets.</param>
    /// <param name="opened">The document with them.</param>
    /// <exception cref="InvalidDataException">The two are not the same document.</exception>
    public static IReadOnlyList<(string Name, string Value, string Fingerprint)> Secrets(string path, byte[] document, byte[] opened)
    {
        try
        {
            return path.EndsWith(".xml", StringComparison.Ordinal)
                ? [.. InXml(document.ToXml(), opened.ToXml(), "")]
                : [.. InJson(JsonElement.Parse(document), JsonElement.Parse(opened), "")];
        }
        catch (Exception exception) when (exception is JsonException or System.Xml.XmlException)
        {
            throw new InvalidDataException($"{path}, or what was sealed beside it, cannot be read.", exception);
        }
    }

    private static IEnumerable<(string, string, string)> InJson(JsonElement document, JsonElement opened, string name)
    {
        if (document.ValueKind != opened.ValueKind) throw Differs(name);
        return document.ValueKind switch
        {
            JsonValueKind.Object => document.EnumerateObject().SelectMany(member =>
                opened.TryGetProperty(member.Name, out var other) ? InJson(member.Value, other, name.Length == 0 ? member.Name : $"{name}.{member.Name}") : throw Differs(name)),
            JsonValueKind.Array => document.GetArrayLength() == opened.GetArrayLength()
                ? document.EnumerateArray().Zip(opened.EnumerateArray()).SelectMany((pair, index) => InJson(pair.First, pair.Second, $"{name}[{index}]"))
                : throw Differs(name),
            JsonValueKind.String when Fingerprinter.IsFingerprint(document.GetString()!) => [(name, opened.GetString()!, document.GetString()!)],
            _ => [],
        };
    }

    private static IEnumerable<(string, string, string)> InXml(XElement document, XElement opened, string name)
    {
        var (children, others) = (document.Elements().ToList(), opened.Elements().ToList());
        if (document.Name != opened.Name || children.Count != others.Count) throw Differs(name);
        if (children.Count == 0) return Fingerprinter.IsFingerprint(document.Value) ? [(NameOf(document, name), opened.Value, document.Value)] : [];
        return children.Zip(others).SelectMany((pair, index) => InXml(pair.First, pair.Second, $"{name}/{pair.First.Name.LocalName}"));
    }

    /// <summary>The name that stands before a value: that of a header. Null where none does.</summary>
    internal static string? NameBefore(XElement element) =>
        element.ElementsBeforeSelf().LastOrDefault(before => before.Name.LocalName.EndsWith("Name", StringComparison.Ordinal))?.Value;

    private static string NameOf(XElement element, string path) => NameBefore(element) is { } name ? $"{path}[{name}]" : path;

    private static InvalidDataException Differs(string name) =>
        new($"What was sealed is not the document beside it: they differ at '{name}'.");
}
