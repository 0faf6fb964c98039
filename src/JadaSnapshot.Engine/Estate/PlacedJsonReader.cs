using System.Text;
using System.Text.Json;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Reads JSON with comments and trailing commas, and keeps where everything stands.</summary>
internal ref struct PlacedJsonReader
{
    private const int DeepestLevel = 16;

    private readonly List<PlacedError> _errors;
    private Utf8JsonReader _json;

    private PlacedJsonReader(ReadOnlySpan<byte> document, List<PlacedError> errors)
    {
        _json = new(document, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = DeepestLevel });
        _errors = errors;
    }

    /// <summary>Reads a document. A member that is there twice is an error, and the first one holds.</summary>
    /// <returns>The document's value; null where it is not JSON, and then the last error says where.</returns>
    public static PlacedJson? Read(ReadOnlySpan<byte> document, List<PlacedError> errors)
    {
        var reader = new PlacedJsonReader(document, errors);
        try
        {
            reader._json.Read();
            var value = reader.ReadValue("");
            reader._json.Read();
            return value;
        }
        catch (JsonException exception)
        {
            errors.Add(new("", OffsetOf(document, exception), Words(exception)));
        }
        catch (InvalidOperationException)
        {
            errors.Add(new("", (int)reader._json.TokenStartIndex, "This text is not UTF-8."));
        }
        return null;
    }

    private PlacedJson ReadValue(string path)
    {
        var offset = (int)_json.TokenStartIndex;
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new PlacedJson(JsonValueKind.Object, path, offset);
                var names = new HashSet<string>(StringComparer.Ordinal);
                while (_json.Read() && _json.TokenType != JsonTokenType.EndObject) ReadMember(members, names);
                return members;
            case JsonTokenType.StartArray:
                var items = new PlacedJson(JsonValueKind.Array, path, offset);
                while (_json.Read() && _json.TokenType != JsonTokenType.EndArray) items.Items.Add(ReadValue($"{path}/{items.Items.Count}"));
                return items;
            case JsonTokenType.String: return new(JsonValueKind.String, path, offset) { Text = _json.GetString()! };
            case JsonTokenType.Number: return new(JsonValueKind.Number, path, offset) { Number = _json.TryGetDecimal(out var number) ? number : null };
            case JsonTokenType.True: return new(JsonValueKind.True, path, offset);
            case JsonTokenType.False: return new(JsonValueKind.False, path, offset);
            default: return new(JsonValueKind.Null, path, offset);
        }
    }

    private void ReadMember(PlacedJson owner, HashSet<string> names)
    {
        var (name, offset) = (_json.GetString()!, (int)_json.TokenStartIndex);
        _json.Read();
        var value = ReadValue($"{owner.Path}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}");
        if (names.Add(name)) owner.Members.Add(new(name, offset, value));
        else _errors.Add(new(value.Path, offset, $"'{name}' is here a second time."));
    }

    private static int OffsetOf(ReadOnlySpan<byte> document, JsonException exception)
    {
        var offset = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
            if (document[offset..].IndexOf((byte)'\n') is var end and >= 0) offset += end + 1;
        return (int)Math.Min(document.Length, offset + (exception.BytePositionInLine ?? 0));
    }

    // The place stands beside the message already.
    private static string Words(JsonException exception) => exception.Message.Split(" LineNumber:")[0];
}

/// <summary>Says where in a text a byte stands.</summary>
internal static class TextPosition
{
    /// <summary>Line and column, from 1; columns in UTF-16 characters, as editors count them.</summary>
    public static (int Line, int Column) Of(ReadOnlySpan<byte> document, int offset)
    {
        var before = document[..Math.Min(offset, document.Length)];
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
