using System.Globalization;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>A stretch of an object.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    public string ContentRange(long size) => string.Create(CultureInfo.InvariantCulture, $"bytes {Start}-{Start + Length - 1}/{size}");

    /// <summary>Reads a Range header. What is no single range in bytes is passed over, as S3 does; null is the whole object.</summary>
    public static ByteRange? Read(string? header, long size)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.Ordinal) || header.Contains(',', StringComparison.Ordinal)) return null;
        var dash = header.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0) return null;
        var (from, to) = (Number(header["bytes=".Length..dash]), Number(header[(dash + 1)..]));
        if (from is null && to is null || header[(dash + 1)..].Length > 0 && to is null) return null;
        if (from is null)
        {
            var suffix = Math.Min(to!.Value, size);
            return suffix > 0 ? new(size - suffix, suffix) : throw Unsatisfiable(header, size);
        }
        if (to < from) return null;
        return from < size ? new(from.Value, Math.Min(to ?? long.MaxValue, size - 1) - from.Value + 1) : throw Unsatisfiable(header, size);
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Cut(IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        var cut = new List<ReadOnlyMemory<byte>>();
        var (skip, left) = (Start, Length);
        foreach (var segment in segments)
        {
            if (skip >= segment.Length)
            {
                skip -= segment.Length;
                continue;
            }
            if (left == 0) break;
            var piece = segment.Slice((int)skip, (int)Math.Min(segment.Length - skip, left));
            cut.Add(piece);
            (skip, left) = (0, left - piece.Length);
        }
        return cut;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static SandboxException Unsatisfiable(string header, long size) => new(416, "InvalidRange", "The requested range is not satisfiable")
    {
        Details = [new("RangeRequested", header), new("ActualObjectSize", size.ToString(CultureInfo.InvariantCulture))],
        Headers = [new("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{size}"))],
    };
}
