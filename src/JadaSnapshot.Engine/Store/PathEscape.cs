using System.Buffers;
using System.Globalization;
using System.Text;

namespace JadaSnapshot.Engine.Store;

/// <summary>What has to be escaped in a path, and the escape of one character.</summary>
internal static class PathEscape
{
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
    };

    internal static bool IsUnsafe(Rune rune) => rune.IsAscii
        ? rune.Value is < 0x20 or 0x7F or '%' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|'
        : FoldsToAscii(rune.Value) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;

    // Left as they are, a file system that folds or normalises would make ASCII of them, reserved names included.
    // The list is closed: Unicode does not change the folding or decomposition of characters it has assigned.
    private static bool FoldsToAscii(int c) => c is 0xDF or 0x130 or 0x131 or 0x17F or 0x37E or 0x1E9E or 0x1FEF or 0x212A or (>= 0xFB00 and <= 0xFB06);

    /// <summary>Whether Windows takes a segment for a device, as it does with any extension and with blanks before it.</summary>
    internal static bool IsReserved(ReadOnlySpan<char> segment)
    {
        var dot = segment.IndexOf('.');
        var name = (dot < 0 ? segment : segment[..dot]).TrimEnd(' ');
        return name.Length == 4 && char.IsAscii(name[0])
            ? (name.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
                && name[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3'
            : name.Length is 3 or 6 or 7 && Devices.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }

    internal static void Append(StringBuilder escaped, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        AppendBytes(escaped, bytes[..rune.EncodeToUtf8(bytes)]);
    }

    internal static void AppendSurrogate(StringBuilder escaped, char c) =>
        AppendBytes(escaped, [(byte)(0xE0 | c >> 12), (byte)(0x80 | c >> 6 & 0x3F), (byte)(0x80 | c & 0x3F)]);

    private static void AppendBytes(StringBuilder escaped, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes) escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
    }

    /// <summary>The length of the escape of one character that begins at a place.</summary>
    internal static int LengthAt(string escaped, int start) => escaped.AsSpan(start + 1, 2) switch
    {
        [>= 'F', _] => 12,
        ['E', _] => 9,
        [>= 'C', _] => 6,
        _ => 3,
    };

    internal static void Decode(string escaped, StringBuilder text)
    {
        var bytes = new ArrayBufferWriter<byte>(16);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '%')
            {
                if (i + 2 >= escaped.Length || !byte.TryParse(escaped.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b))
                    throw new FormatException($"'{escaped}' has a '%' that is not followed by two hexadecimal digits.");
                bytes.Write([b]);
                i += 2;
                continue;
            }
            AppendText(text, bytes);
            text.Append(escaped[i]);
        }
        AppendText(text, bytes);
    }

    private static void AppendText(StringBuilder text, ArrayBufferWriter<byte> bytes)
    {
        var rest = bytes.WrittenSpan;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) == OperationStatus.Done) text.Append(rune);
            else if (rest is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..])
                (_, length) = (text.Append((char)((rest[0] & 0xF) << 12 | (rest[1] & 0x3F) << 6 | rest[2] & 0x3F)), 3);
            else throw new FormatException("Escaped bytes are not UTF-8.");
            rest = rest[length..];
        }
        bytes.ResetWrittenCount();
    }
}
