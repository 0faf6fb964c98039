using System.Text.Json;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Writes requests of the Json protocol.</summary>
internal static class JsonRequest
{
    /// <summary>A request of members that are texts; those without a value are left out.</summary>
    public static WireRequest Of(string operation, params IReadOnlyList<(string Name, string? Value)> members) => Of(operation, json =>
    {
        foreach (var (name, value) in members)
            if (value is not null) json.WriteString(name, value);
    });

    /// <summary>A request whose members are written by the caller.</summary>
    public static WireRequest Of(string operation, Action<Utf8JsonWriter> write) => new() { Operation = operation, Body = JsonText.Object(write) };
}
