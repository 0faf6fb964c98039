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

    /// <summary>A member that is a moment in seconds since 1970 (UTC); null where there is none.</summary>
    public static DateTimeOffset? Moment(this JsonElement element, string member) =>
        element.Member(member) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var seconds) && Math.Abs(seconds) < 1e11
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000))
            : null;

    /// <summary>The members that are texts, by their names: tags, variables.</summary>
    public static IReadOnlyDictionary<string, string> Texts(this JsonElement element) => element.ValueKind != JsonValueKind.Object
        ? new Dictionary<string, string>()
        : element.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal);

    /// <summary>The items of a member that is an array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>The content of a child element; null where there is none, or an empty one.</summary>
    public static string? Text(this XElement element, string child) => element.Element(element.Name.Namespace + child)?.Value is { Length: > 0 } text ? text : null;

    /// <summary>All elements at the end of a path of child elements.</summary>
    public static IEnumerable<XElement> All(this XElement element, params IEnumerable<string> path) =>
        path.Aggregate<string, IEnumerable<XElement>>([element], (elements, name) => elements.Elements(element.Name.Namespace + name));
}
