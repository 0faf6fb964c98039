using System.Buffers;
using System.Text.Json;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>Replaces single values in a JSON document and leaves every other byte as it is.</summary>
internal static class JsonRedaction
{
    /// <summary>Says what stands in place of a text value; null keeps it. Array items have the path segment <c>[]</c>.</summary>
    public delegate string? Replacement(ReadOnlySpan<string> path, string value);

    /// <exception cref="JsonException">The document is none.</exception>
    public static byte[] Replace(byte[] document, Replacement replacement)
    {
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = 256 });
        var result = new ArrayBufferWriter<byte>(document.Length + 64);
        List<string> path = [];
        var copied = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    path[^1] = reader.GetString()!;
                    continue;
                case JsonTokenType.StartObject:
                case JsonTokenType.StartArray:
                    path.Add("[]");
                    continue;
                case JsonTokenType.EndObject:
                case JsonTokenType.EndArray:
                    path.RemoveAt(path.Count - 1);
                    continue;
                case JsonTokenType.String when replacement(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(path), reader.GetString()!) is { } text:
                    result.Write(document.AsSpan(copied, (int)reader.TokenStartIndex - copied));
                    result.Write("\""u8);
                    result.Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
                    result.Write("\""u8);
                    copied = (int)reader.BytesConsumed;
                    continue;
            }
        }
        if (copied == 0) return document;
        result.Write(document.AsSpan(copied));
        return result.WrittenSpan.ToArray();
    }
}
