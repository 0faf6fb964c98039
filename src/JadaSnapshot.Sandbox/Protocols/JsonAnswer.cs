using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Writes JSON answers.</summary>
internal static class JsonAnswer
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    public static SandboxResponse Of(JsonNode body, int status = 200, string contentType = "application/json") =>
        new() { Status = status, ContentType = contentType, Body = JsonSerializer.SerializeToUtf8Bytes(body, Plain) };

    public static SandboxResponse Empty(int status = 204) => new() { Status = status, ContentType = "application/json" };

    public static string Text(JsonNode node) => node.ToJsonString(Plain);

    /// <summary>An array of copies: a node has one parent only.</summary>
    public static JsonArray List(IEnumerable<JsonNode?> items) => [.. items.Select(item => item?.DeepClone())];

    public static JsonArray List(IEnumerable<string> items) => [.. items.Select(item => (JsonNode?)item)];

    /// <summary>Sets a member only if there is something to set.</summary>
    public static JsonObject With(this JsonObject target, string name, JsonNode? value)
    {
        if (value is not null) target[name] = value;
        return target;
    }
}
