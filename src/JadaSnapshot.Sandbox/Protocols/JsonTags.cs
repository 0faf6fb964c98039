using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Tags as JSON services write them: a list of keys and values.</summary>
internal static class JsonTags
{
    public static void AddTags(this IDictionary<string, string> tags, JsonObject from, string member = "Tags", string key = "Key", string value = "Value")
    {
        foreach (var tag in from.Parts(member)) tags[tag.Need(key)] = tag.Text(value) ?? "";
    }

    public static JsonArray ToJson(this IReadOnlyDictionary<string, string> tags, string key = "Key", string value = "Value") =>
        [.. tags.Select(tag => new JsonObject { [key] = tag.Key, [value] = tag.Value })];
}
