using System.Globalization;
using System.Text;

namespace JadaSnapshot.Engine.Layers.Route53.ZoneFiles;

/// <summary>
/// Names and strings as master files write them (RFC 1035, section 5.1). Route 53 escapes octets in octal (<c>\052</c>), a master file in decimal
/// (<c>\042</c>). Nothing that is written here can end a line, a string or a field before its time.
/// </summary>
internal static class MasterText
{
    private const int LongestLabel = 63;
    private const int LongestName = 255;
    private const int LongestString = 255;

    /// <summary>The octets that a text of Route 53's stands for, each with whether it was escaped.</summary>
    public static IEnumerable<(byte Octet, bool IsEscaped)> Octets(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\\' || i + 1 == bytes.Length) yield return (bytes[i], false);
            else if (i + 3 < bytes.Length && bytes[i + 1] is >= (byte)'0' and <= (byte)'3' && IsOctal(bytes[i + 2]) && IsOctal(bytes[i + 3]))
            {
                yield return ((byte)(((bytes[i + 1] - '0') << 6) | ((bytes[i + 2] - '0') << 3) | (bytes[i + 3] - '0')), true);
                i += 3;
            }
            else yield return (bytes[++i], true);
        }
    }

    /// <summary>An absolute name, whether or not it was given with its final dot; null where it cannot be one.</summary>
    public static string? Name(string text)
    {
        if (text == ".") return text;
        var name = new StringBuilder();
        var (label, total) = (0, 1);
        foreach (var (octet, isEscaped) in Octets(text))
        {
            if (octet == '.' && !isEscaped)
            {
                if (label == 0) return null;
                name.Append('.');
                label = 0;
            }
            else
            {
                AppendLabelOctet(name, octet);
                label++;
            }
            if (label > LongestLabel || ++total > LongestName) return null;
        }
        if (label > 0) name.Append('.');
        return name.Length == 0 ? null : name.ToString();
    }

    /// <summary>Quoted strings of at most 255 octets each, which together say the text.</summary>
    public static string Strings(IReadOnlyList<byte> octets) =>
        octets.Count <= LongestString ? Quoted(octets) : string.Join(' ', octets.Chunk(LongestString).Select(Quoted));

    /// <summary>One quoted string.</summary>
    public static string Quoted(IEnumerable<byte> octets)
    {
        var text = new StringBuilder("\"");
        foreach (var octet in octets)
        {
            if (octet is (byte)'"' or (byte)'\\') text.Append('\\').Append((char)octet);
            else if (octet is >= (byte)' ' and <= (byte)'~') text.Append((char)octet);
            else AppendDecimal(text, octet);
        }
        return text.Append('"').ToString();
    }

    private static void AppendLabelOctet(StringBuilder name, byte octet)
    {
        if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_' or (byte)'*' or (byte)'/') name.Append((char)octet);
        else AppendDecimal(name, octet);
    }

    private static void AppendDecimal(StringBuilder text, byte octet) => text.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");

    private static bool IsOctal(byte letter) => letter is >= (byte)'0' and <= (byte)'7';
}
