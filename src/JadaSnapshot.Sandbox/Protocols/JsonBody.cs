using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Reads members of a JSON request, refusing those of a wrong type as the services do.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    public static JsonObject Parse(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty) return [];
        try
        {
            return JsonNode.Parse(body, documentOptions: Strict) as JsonObject ?? throw Malformed("Start of structure or map found where not expected");
        }
        catch (JsonException)
        {
            throw Malformed("The request body is not valid JSON.");
        }
    }

    public static string? Text(this JsonObject from, string name) => from[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw Wrong(name, "a string"),
    };

    /// <exception cref="SandboxException">The member is missing.</exception>
    public static string Need(this JsonObject from, string name) => from.Text(name) ?? throw MissingMember(name);

    public static long? Number(this JsonObject from, string name) => from[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        _ => throw Wrong(name, "a whole number"),
    };

    public static bool? Flag(this JsonObject from, string name) => from[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => throw Wrong(name, "true or false"),
    };

    public static JsonObject? Part(this JsonObject from, string name) => from[name] switch
    {
        null => null,
        JsonObject part => part,
        _ => throw Wrong(name, "a structure"),
    };

    public static JsonArray? List(this JsonObject from, string name) => from[name] switch
    {
        null => null,
        JsonArray list => list,
        _ => throw Wrong(name, "a list"),
    };

    public static byte[]? Bytes(this JsonObject from, string name)
    {
        if (from.Text(name) is not { } text) return null;
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw Wrong(name, "base64");
        }
    }

    public static IEnumerable<string> Texts(this JsonObject from, string name) =>
        (from.List(name) ?? []).Select(item => item is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Wrong(name, "a list of strings"));

    public static IEnumerable<JsonObject> Parts(this JsonObject from, string name) =>
        (from.List(name) ?? []).Select(item => item as JsonObject ?? throw Wrong(name, "a list of structures"));

    public static SandboxException MissingMember(string name) => new(400, "ValidationException", Constraint.Missing(name));

    private static SandboxException Wrong(string name, string expected) => Malformed($"Expected {expected} for member {name}");

    private static SandboxException Malformed(string message) => new(400, "SerializationException", message);
}
