using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.InventoryReports;

/// <summary>A listed object as a line of a file while a report is sorted: of millions, most of the time goes to writing and reading them.</summary>
internal static class ListedLine
{
    /// <summary>The longest ETag and storage class, in letters of ASCII.</summary>
    public const int LongestWord = 128;

    // A key has at most 1,024 bytes, of which each may take three.
    private const int LongestLine = 4096;

    /// <summary>Writes it, without a line feed.</summary>
    public static void Write(Stream stream, ListedObject listed)
    {
        Span<byte> line = stackalloc byte[LongestLine];
        if (!Utf8.TryWrite(line, CultureInfo.InvariantCulture, $"{listed.Size} {listed.LastModified.UtcTicks} {listed.ETag} {listed.StorageClass} {Escape(listed.Key)}", out var length))
            throw new InvalidOperationException($"'{listed.Key}' is longer than a key can be.");
        stream.Write(line[..length]);
    }

    /// <summary>Reads what was written.</summary>
    public static ListedObject Parse(ReadOnlySpan<byte> line)
    {
        var (size, ticks) = (Number(Next(ref line)), Number(Next(ref line)));
        var (etag, storageClass) = (Encoding.ASCII.GetString(Next(ref line)), Encoding.ASCII.GetString(Next(ref line)));
        return new(Unescape(Encoding.UTF8.GetString(line)), size, etag, new(ticks, TimeSpan.Zero), storageClass);
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)' ');
        var field = rest[..end];
        rest = rest[(end + 1)..];
        return field;
    }

    private static long Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out _) ? number : throw new InvalidDataException("A line was changed while it was sorted.");

    private static string Escape(string key) => key.AsSpan().IndexOfAny('%', '\n') < 0 ? key : key.Replace("%", "%25", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Unescape(string key) => key.Contains('%', StringComparison.Ordinal) ? key.Replace("%0A", "\n", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal) : key;
}
