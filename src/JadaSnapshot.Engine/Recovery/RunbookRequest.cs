using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Makes requests of what a service said.</summary>
internal static class RunbookRequest
{
    /// <summary>A request of members; those without a value are left out.</summary>
    public static JsonObject Of(params IEnumerable<(string Member, JsonNode? Value)> members) =>
        new(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Member, member.Value)));

    /// <summary>A member as it stands; null where there is none.</summary>
    public static JsonNode? Node(this JsonElement element, string member) => element.Member(member) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
        var value => JsonNode.Parse(value.GetRawText()),
    };

    /// <summary>The members of these names that there are, as they stand.</summary>
    public static JsonObject Pick(this JsonElement element, params IEnumerable<string> members) => Of(members.Select(member => (member, element.Node(member))));

    /// <summary>The same with one member more, unless that has no value.</summary>
    public static JsonObject With(this JsonObject request, string member, JsonNode? value)
    {
        if (value is not null) request[member] = value;
        return request;
    }
}
