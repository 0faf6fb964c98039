using System.Buffers;
using System.Text;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>Takes apart what stood between method and version on the request line.</summary>
internal static class RequestTarget
{
    public static (string Path, string Query) Split(string target)
    {
        if (!target.StartsWith('/'))
        {
            var scheme = target.IndexOf("://", StringComparison.Ordinal);
            var slash = scheme < 0 ? -1 : target.IndexOf('/', scheme + 3);
            target = slash < 0 ? "/" : target[slash..];
        }
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }

    public static IReadOnlyList<KeyValuePair<string, string>> ParseQuery(string query)
    {
        if (query.Length == 0) return [];
        var pairs = new List<KeyValuePair<string, string>>(8);
        foreach (var range in query.AsSpan().Split('&'))
        {
            var pair = query.AsSpan(range);
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            pairs.Add(equals < 0
                ? new(Decode(pair, plusIsSpace: true), "")
                : new(Decode(pair[..equals], plusIsSpace: true), Decode(pair[(equals + 1)..], plusIsSpace: true)));
        }
        return pairs;
    }

    /// <summary>Undoes percent-encoding; what is not well-formed UTF-8 becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<char> text, bool plusIsSpace = false)
    {
        if (text.IndexOfAny('%', plusIsSpace ? '+' : '%') < 0) return text.ToString();
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Encoding.UTF8.GetString(bytes, 0, DecodeBytes(text, plusIsSpace, bytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int DecodeBytes(ReadOnlySpan<char> text, bool plusIsSpace, Span<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[length++] = (byte)(HexValue(text[i + 1]) << 4 | HexValue(text[i + 2]));
                i += 2;
            }
            else if (letter == '+' && plusIsSpace) bytes[length++] = (byte)' ';
            else if (char.IsAscii(letter)) bytes[length++] = (byte)letter;
            else
            {
                var rune = char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
                length += Encoding.UTF8.GetBytes(text.Slice(i, rune), bytes[length..]);
                i += rune - 1;
            }
        }
        return length;
    }

    public static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
