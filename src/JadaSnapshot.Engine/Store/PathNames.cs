using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JadaSnapshot.Engine.Store;

/// <summary>
/// The escape of keys and names to relative paths that are legal on Linux, macOS and Windows, and back.
/// What is unsafe becomes <c>%</c> and the two hexadecimal digits of each byte of its UTF-8. Three marks cannot come from that:
/// <c>%_</c> is an empty segment, <c>%+</c> ends a piece of a segment that goes on in the next one, and
/// <c>%~</c> with eight digits tells apart what would fall on one path (see <see cref="PathAssigner"/>).
/// </summary>
public static partial class PathNames
{
    internal const string Empty = "%_";
    internal const string Continues = "%+";
    internal const string Apart = "%~";
    internal const int ApartLength = 10;

    /// <summary>Bytes of UTF-8 after which a segment is cut, which leaves room for the marks within the 255 of file systems.</summary>
    internal const int SegmentBytes = 240;

    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create(" !#$&'()+,-.0123456789;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{}~");

    /// <summary>The path of a key. Slashes part its segments; no two keys have the same path, though two paths may differ only in case.</summary>
    public static string FromKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var path = new StringBuilder(key.Length + 8);
        foreach (var range in key.AsSpan().Split('/'))
        {
            if (range.Start.Value > 0) path.Append('/');
            AppendSegment(path, Escape(key.AsSpan(range)));
        }
        return path.ToString();
    }

    /// <summary>
    /// One segment for a name that people chose, of which others may differ in case alone (a function's, a table's). A slash in it is
    /// escaped. One that a file system that ignores case or normalisation would not take for itself (<c>Mailer</c>, not <c>mailer</c>)
    /// is marked with eight digits of its SHA-256: so a name has the same segment whatever others there are. One that comes to more
    /// than 240 bytes is cut and marked likewise, and cannot be read back.
    /// </summary>
    public static string FromName(string name) => Segment(name, marksUnfolded: true);

    /// <summary>One segment for an identifier that a service gave, of which no other differs in case alone: escaped, and cut and marked only where it is too long.</summary>
    public static string FromId(string id) => Segment(id, marksUnfolded: false);

    /// <summary>The key of a path that <see cref="FromKey"/> or <see cref="PathAssigner"/> made.</summary>
    /// <exception cref="FormatException">Neither of them makes such a path.</exception>
    public static string ToKey(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var key = new StringBuilder(path.Length);
        var segment = new StringBuilder();
        var first = true;
        foreach (var range in path.AsSpan().Split('/'))
        {
            var piece = WithoutMark(path.AsSpan(range));
            var continues = piece.EndsWith(Continues, StringComparison.Ordinal);
            segment.Append(continues ? piece[..^2] : piece);
            if (continues) continue;
            if (!first) key.Append('/');
            first = false;
            var text = segment.ToString();
            if (text != Empty) PathEscape.Decode(text, key);
            segment.Clear();
        }
        return segment.Length == 0 ? key.ToString() : throw new FormatException($"The path '{path}' ends within a segment.");
    }

    private static ReadOnlySpan<char> WithoutMark(ReadOnlySpan<char> segment) =>
        segment.Length > ApartLength && segment[^ApartLength..].StartsWith(Apart, StringComparison.Ordinal) ? segment[..^ApartLength] : segment;

    private static string Segment(string name, bool marksUnfolded)
    {
        ArgumentNullException.ThrowIfNull(name);
        var escaped = Escape(name);
        var shown = escaped[..Cut(escaped, 0)];
        var isMarked = shown.Length < escaped.Length || (marksUnfolded && !NameFolding.IsFolded(EscapedByte.Replace(escaped, "%")));
        return isMarked ? Legal(shown) + Apart + PathHash.Digits(name) : Legal(escaped);
    }

    [GeneratedRegex("%[0-9A-F]{2}")]
    private static partial Regex EscapedByte { get; }

    private static string Escape(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty) return Empty;
        var last = segment[^1] is '.' or ' ';
        if (!last && !segment.ContainsAnyExcept(PlainCharacters)) return segment.ToString();
        var escaped = new StringBuilder(segment.Length + 16);
        var body = last ? segment[..^1] : segment;
        while (!body.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(body, out var rune, out var length);
            if (status != OperationStatus.Done) PathEscape.AppendSurrogate(escaped, body[0]);
            else if (rune.Value == '/' || PathEscape.IsUnsafe(rune)) PathEscape.Append(escaped, rune);
            else escaped.Append(body[..length]);
            body = body[length..];
        }
        if (last) PathEscape.Append(escaped, (Rune)segment[^1]);
        return escaped.ToString();
    }

    private static void AppendSegment(StringBuilder path, string escaped)
    {
        var start = 0;
        while (Encoding.UTF8.GetByteCount(escaped.AsSpan(start)) > SegmentBytes)
        {
            var end = Cut(escaped, start);
            path.Append(Legal(escaped[start..end])).Append(Continues).Append('/');
            start = end;
        }
        path.Append(Legal(start == 0 ? escaped : escaped[start..]));
    }

    private static int Cut(string escaped, int start)
    {
        var end = start;
        var bytes = 0;
        while (end < escaped.Length)
        {
            var (length, size) = escaped[end] == '%' && PathEscape.LengthAt(escaped, end) is var escape ? (escape, escape)
                : char.IsHighSurrogate(escaped[end]) ? (2, 4)
                : (1, Encoding.UTF8.GetByteCount(escaped.AsSpan(end, 1)));
            if (bytes + size > SegmentBytes) break;
            (end, bytes) = (end + length, bytes + size);
        }
        return end;
    }

    private static string Legal(string segment) => PathEscape.IsReserved(segment)
        ? string.Create(CultureInfo.InvariantCulture, $"%{(int)segment[0]:X2}{segment.AsSpan(1)}")
        : segment;
}
