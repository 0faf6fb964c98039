using System.Buffers;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace JadaSnapshot.Sandbox.Hosting.Signing;

/// <summary>Writes the canonical request of Signature Version 4.</summary>
internal static class CanonicalRequest
{
    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    public static void Write(ArrayBufferWriter<byte> output, SandboxRequest request, Authorization authorization, string payloadHash)
    {
        Ascii(output, request.Method);
        Ascii(output, "\n");
        if (authorization.Service == "s3") WriteAsItStands(output, request.RawPath);
        else WriteEncodedAgain(output, request.RawPath);
        Ascii(output, "\n");
        WriteQuery(output, request.Query, authorization.IsPresigned);
        Ascii(output, "\n");
        foreach (var name in authorization.SignedHeaders)
        {
            Ascii(output, name);
            Ascii(output, ":");
            WriteHeader(output, request.Headers[name]);
            Ascii(output, "\n");
        }
        Ascii(output, "\n");
        for (var i = 0; i < authorization.SignedHeaders.Length; i++)
        {
            if (i > 0) Ascii(output, ";");
            Ascii(output, authorization.SignedHeaders[i]);
        }
        Ascii(output, "\n");
        Ascii(output, payloadHash);
    }

    /// <summary>S3: every octet of the key escaped once, in upper case, whatever way the client wrote it.</summary>
    private static void WriteAsItStands(ArrayBufferWriter<byte> output, string path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            var letter = path[i];
            if (letter == '/' || Unreserved.Contains(letter)) Byte(output, (byte)letter);
            else if (letter == '%' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]))
            {
                var value = (char)(RequestTarget.HexValue(path[i + 1]) << 4 | RequestTarget.HexValue(path[i + 2]));
                if (Unreserved.Contains(value)) Byte(output, (byte)value);
                else Escape(output, (byte)value);
                i += 2;
            }
            else Escape(output, (byte)letter);
        }
    }

    /// <summary>Every other service: dot segments and doubled slashes folded, then escaped a second time.</summary>
    private static void WriteEncodedAgain(ArrayBufferWriter<byte> output, string path)
    {
        var folded = path.Contains("//", StringComparison.Ordinal) || path.Contains("/.", StringComparison.Ordinal) ? Fold(path) : path;
        foreach (var letter in folded)
            if (letter == '/' || Unreserved.Contains(letter)) Byte(output, (byte)letter);
            else Escape(output, (byte)letter);
    }

    private static string Fold(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
            switch (segment)
            {
                case "" or ".": break;
                case "..":
                    if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
                    break;
                default: segments.Add(segment); break;
            }
        var folded = "/" + string.Join('/', segments);
        return path.EndsWith('/') && folded.Length > 1 ? folded + "/" : folded;
    }

    private static void WriteQuery(ArrayBufferWriter<byte> output, IReadOnlyList<KeyValuePair<string, string>> query, bool presigned)
    {
        if (query.Count == 0) return;
        var pairs = new List<(string Name, string Value)>(query.Count);
        foreach (var (name, value) in query)
            if (!presigned || name != "X-Amz-Signature")
                pairs.Add((Uri.EscapeDataString(name), Uri.EscapeDataString(value)));
        pairs.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name) is var order and not 0 ? order : string.CompareOrdinal(left.Value, right.Value));
        for (var i = 0; i < pairs.Count; i++)
        {
            if (i > 0) Ascii(output, "&");
            Ascii(output, pairs[i].Name);
            Ascii(output, "=");
            Ascii(output, pairs[i].Value);
        }
    }

    private static void WriteHeader(ArrayBufferWriter<byte> output, StringValues values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) Ascii(output, ",");
            var value = values[i].AsSpan().Trim();
            var blank = false;
            foreach (var letter in value)
            {
                if (letter == ' ' && blank) continue;
                blank = letter == ' ';
                Byte(output, (byte)letter);
            }
        }
    }

    private static void Ascii(ArrayBufferWriter<byte> output, string text) =>
        output.Advance(Encoding.Latin1.GetBytes(text, output.GetSpan(text.Length)));

    private static void Byte(ArrayBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private static void Escape(ArrayBufferWriter<byte> output, byte value)
    {
        var span = output.GetSpan(3);
        span[0] = (byte)'%';
        span[1] = (byte)"0123456789ABCDEF"[value >> 4];
        span[2] = (byte)"0123456789ABCDEF"[value & 15];
        output.Advance(3);
    }
}
