using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Short words for reading answers; what is missing reads as nothing.</summary>
internal static class WireReading
{
    /// <summary>Asks page after page: <paramref name="next"/> finds in an answer what <paramref name="request"/> needs for the following one.</summary>
    public static async IAsyncEnumerable<WireResponse> PagesAsync<TMarker>(
        this WireClient client, Func<TMarker?, WireRequest> request, Func<WireResponse, TMarker?> next, [EnumeratorCancellation] CancellationToken cancel)
        where TMarker : class
    {
        TMarker? marker = null;
        do
        {
            var answer = await client.SendAsync(request(marker), cancel);
            yield return answer;
            marker = next(answer);
        }
        while (marker is not null);
    }

    /// <summary>Reads a document as XML, blanks kept. No DTD is ever read or resolved.</summary>
    /// <exception cref="XmlException">It is none.</exception>
    public static XElement ToXml(this byte[] document)
    {
        using var reader = XmlReader.Create(new MemoryStream(document), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>A member that is a text; null where there is none, or an empty one.</summary>
    public static string? Text(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A member; an undefined element where there is none.</summary>
    public static JsonElement Member(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) ? value : default;

    /// <summary>A member that is a whole number; null where there is none.</summary>
    public static long? Number(this JsonElement element, string member) =>
        element.Member(member) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>A member that is a point in time, in seconds since 1970; null where there is none.</summary>
    public static DateTimeOffset? Moment(this JsonElement element, string member) =>
        element.Member(member) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000))
            : null;

    /// <summary>A member that is true; false where it is not, null where there is none.</summary>
    public static bool? Flag(this JsonElement element, string member) => element.Member(member).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The members that are texts, by their names: tags, variables.</summary>
    public static IReadOnlyDictionary<string, string> Texts(this JsonElement element) => element.ValueKind != JsonValueKind.Object
        ? new Dictionary<string, string>()
        : element.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal);

    /// <summary>Whether two values are the same, whatever the order of their members; two that are not there are.</summary>
    public static bool IsSame(this JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.Undefined || other.ValueKind == JsonValueKind.Undefined ? one.ValueKind == other.ValueKind : JsonElement.DeepEquals(one, other);

    /// <summary>The items of a member that is an array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>The content of a child element; null where there is none, or an empty one.</summary>
    public static string? Text(this XElement element, string child) => element.Element(element.Name.Namespace + child)?.Value is { Length: > 0 } text ? text : null;

    /// <summary>The content of the descendant of a name that lies least deep; null where there is none, or an empty one.</summary>
    public static string? ShallowText(this XElement element, string name) =>
        element.Descendants(element.Name.Namespace + name).MinBy(found => found.Ancestors().Count())?.Value is { Length: > 0 } text ? text : null;

    /// <summary>All elements at the end of a path of child elements.</summary>
    public static IEnumerable<XElement> All(this XElement element, params IEnumerable<string> path) =>
        path.Aggregate<string, IEnumerable<XElement>>([element], (elements, name) => elements.Elements(element.Name.Namespace + name));
}
