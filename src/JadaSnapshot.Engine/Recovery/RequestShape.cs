using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>How the XML of a service becomes the JSON that <c>aws</c> takes for it. Elements are texts, or objects of their children, unless something else is said of them.</summary>
internal sealed record RequestShape
{
    /// <summary>Elements whose children are items.</summary>
    public IReadOnlySet<string> Lists { get; init; } = new HashSet<string>();

    /// <summary>Elements that are repeated, by their own name behind that of their parent and a slash, with the name of the list that they become.</summary>
    public IReadOnlyDictionary<string, string> Repeated { get; init; } = new Dictionary<string, string>();

    /// <summary>Elements that are called otherwise in JSON.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>Whole numbers.</summary>
    public IReadOnlySet<string> Numbers { get; init; } = new HashSet<string>();

    /// <summary>Truth values.</summary>
    public IReadOnlySet<string> Flags { get; init; } = new HashSet<string>();

    /// <summary>Elements that are objects even where they are empty.</summary>
    public IReadOnlySet<string> Objects { get; init; } = new HashSet<string>();

    /// <summary>The JSON of an element.</summary>
    public JsonNode Of(XElement element)
    {
        var name = element.Name.LocalName;
        if (Lists.Contains(name)) return new JsonArray([.. element.Elements().Select(Of)]);
        if (element.HasElements || Objects.Contains(name)) return Members(element, name);
        if (Numbers.Contains(name) && long.TryParse(element.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return JsonValue.Create(number);
        return Flags.Contains(name) && bool.TryParse(element.Value, out var flag) ? JsonValue.Create(flag) : JsonValue.Create(element.Value);
    }

    private JsonObject Members(XElement element, string name)
    {
        JsonObject members = [];
        foreach (var child in element.Elements())
        {
            var member = child.Name.LocalName;
            if (!Repeated.TryGetValue($"{name}/{member}", out var list)) members[Names.GetValueOrDefault(member, member)] = Of(child);
            else if (members[list] is JsonArray items) items.Add(Of(child));
            else members[list] = new JsonArray(Of(child));
        }
        return members;
    }
}
