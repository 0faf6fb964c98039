using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace JadaSnapshot.Engine.Store;

/// <summary>Reads a line that may hold anything.</summary>
internal static class JsonLine
{
    internal static T? Parse<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
