using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace JadaSnapshot.Engine.Compare;

/// <summary>
/// A document as comparisons see it, whether it came as JSON or as XML: a value, or members by name. A member that stands once and a list
/// of one are the same, as they are in XML; null, a structure without members and what is not there are the same as well.
/// </summary>
internal sealed class DocumentNode
{
    private const int DeepestText = 64;

    private static readonly Dictionary<string, List<DocumentNode>> None = [];

    private DocumentNode(string? value, Dictionary<string, List<DocumentNode>>? members) => (Value, Members) = (value, members ?? None);

    /// <summary>The text of a value; null where there are members.</summary>
    public string? Value { get; }

    /// <summary>The members, each with everything that stands under its name.</summary>
    public IReadOnlyDictionary<string, List<DocumentNode>> Members { get; }

    /// <summary>Whether a document of a name can be one.</summary>
    public static bool Reads(string name) => name.EndsWith(".json", StringComparison.Ordinal) || name.EndsWith(".xml", StringComparison.Ordinal);

    /// <summary>Reads a document; null where it is neither JSON nor XML.</summary>
    public static DocumentNode? Parse(string name, ReadOnlyMemory<byte> document)
    {
        try
        {
            if (name.EndsWith(".json", StringComparison.Ordinal))
            {
                var json = JsonElement.Parse(document.Span, new() { MaxDepth = DeepestText });
                return Of(json) ?? (json.ValueKind == JsonValueKind.Object ? new(null, null) : null);
            }
            if (!name.EndsWith(".xml", StringComparison.Ordinal)) return null;
            using var reader = XmlReader.Create(new MemoryStream(document.ToArray()), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Root is { } root ? Of(root) : null;
        }
        catch (Exception exception) when (exception is JsonException or XmlException)
        {
            return null;
        }
    }

    /// <summary>Pages of one list as the list: what the first alone has stays, and lists are joined.</summary>
    public static DocumentNode Join(IReadOnlyList<DocumentNode> pages) => pages.Count == 1 ? pages[0] : pages.Aggregate(Join);

    /// <summary>The text of a member that is one value.</summary>
    public string? Text(string member) => Members.TryGetValue(member, out var values) && values is [{ Value: { } text }] ? text : null;

    /// <summary>A node in one line, for people.</summary>
    public override string ToString() =>
        Value ?? $"{{{string.Join(", ", Members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}: {(member.Value.Count == 1 ? member.Value[0] : $"[{string.Join(", ", member.Value)}]")}"))}}}";

    private static DocumentNode Join(DocumentNode first, DocumentNode second)
    {
        Dictionary<string, List<DocumentNode>> members = new(first.Members, StringComparer.Ordinal);
        foreach (var (name, values) in second.Members)
            members[name] = !members.TryGetValue(name, out var known) ? values
                : known is [{ Value: null } one] && values is [{ Value: null } other] && !ListIdentity.TellsApart(one, other) ? [Join(one, other)]
                : known is [{ Value: not null }] && values is [{ Value: not null }] ? known
                : [.. known, .. values];
        return new(first.Value, members);
    }

    private static DocumentNode? Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            case JsonValueKind.Object:
                Dictionary<string, List<DocumentNode>> members = new(StringComparer.Ordinal);
                foreach (var member in element.EnumerateObject()) Add(members, member.Name, Items(member.Value));
                return members.Count > 0 ? new(null, members) : null;
            case JsonValueKind.Array:
                return new(null, new(StringComparer.Ordinal) { [""] = [.. Items(element)] });
            case JsonValueKind.String:
                return OfText(element.GetString()!);
            default:
                return new(element.GetRawText(), null);
        }
    }

    private static IEnumerable<DocumentNode> Items(JsonElement element) =>
        (element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(Of) : [Of(element)]).OfType<DocumentNode>();

    private static DocumentNode? Of(XElement element)
    {
        Dictionary<string, List<DocumentNode>> members = new(StringComparer.Ordinal);
        foreach (var attribute in element.Attributes())
            if (!attribute.IsNamespaceDeclaration) Add(members, "@" + attribute.Name.LocalName, [new(attribute.Value, null)]);
        foreach (var child in element.Elements())
            if (Of(child) is { } node) Add(members, child.Name.LocalName, [node]);
        return members.Count > 0 ? new(null, members) : element.Value.Length > 0 ? OfText(element.Value) : null;
    }

    private static void Add(Dictionary<string, List<DocumentNode>> members, string name, IEnumerable<DocumentNode> nodes)
    {
        List<DocumentNode> added = [.. nodes];
        if (added.Count == 0) return;
        if (members.TryGetValue(name, out var known)) known.AddRange(added);
        else members.Add(name, added);
    }

    // Policies are documents within documents, IAM's with their letters escaped.
    private static DocumentNode OfText(string text)
    {
        var policy = text.StartsWith("%7B", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(text) : text;
        if (!policy.StartsWith('{') || !policy.EndsWith('}')) return new(text, null);
        try
        {
            return Of(JsonElement.Parse(policy)) ?? new(text, null);
        }
        catch (JsonException)
        {
            return new(text, null);
        }
    }
}
