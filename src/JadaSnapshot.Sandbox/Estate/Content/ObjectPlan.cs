using System.Text;

namespace JadaSnapshot.Sandbox.Estate.Content;

/// <summary>An object to put, or with no body a key to delete.</summary>
internal sealed record ObjectPlan(string Key, ReadOnlyMemory<byte>? Body, string ContentType)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static ObjectPlan Bytes(string key, ReadOnlyMemory<byte> body) => new(key, body, MediaType.Of(key));

    public static ObjectPlan Words(string key, string text) => Bytes(key, Encoding.UTF8.GetBytes(text));

    public static ObjectPlan Deletion(string key) => new(key, null, "");

    public ObjectPlan With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };

    public ObjectPlan At(string prefix) => this with { Key = prefix + Key };
}
