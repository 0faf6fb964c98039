using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Writes JSON, and takes over parts of other documents byte for byte.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object; the caller writes its members.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(text, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return text.WrittenSpan.ToArray();
    }

    /// <summary>Writes a member as it stands in another document; nothing where it stands in none.</summary>
    public static void WriteVerbatim(this Utf8JsonWriter json, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return;
        json.WritePropertyName(name);
        json.WriteVerbatim(value);
    }

    /// <summary>Writes a list of values as they stand in other documents.</summary>
    public static void WriteVerbatim(this Utf8JsonWriter json, string name, IEnumerable<JsonElement> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteVerbatim(value);
        json.WriteEndArray();
    }

    private static void WriteVerbatim(this Utf8JsonWriter json, JsonElement value) =>
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
