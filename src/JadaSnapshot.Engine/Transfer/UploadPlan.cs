using System.Globalization;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>In which parts an object goes to S3, and under which checksum.</summary>
/// <param name="PartSize">The bytes of each part but the last.</param>
/// <param name="Count">The number of parts.</param>
/// <param name="Algorithm">The algorithm of the checksum that each part comes with.</param>
/// <param name="IsComposite">Whether the object's checksum is one of its parts' checksums, rather than of the whole.</param>
internal sealed record UploadPlan(long PartSize, int Count, string Algorithm, bool IsComposite)
{
    private const long Megabyte = 1 << 20;
    private const long SmallestPart = 5 * Megabyte;
    private const long LargestPart = 5L << 30;

    // What tools upload with by default: the aws command line, the SDKs, s5cmd, s3cmd, and our own copies.
    private static readonly long[] Usual = [8, 16, 5, 50, 15, 64, 32, 100, 10, 25, 20, 128, 256, 512];

    /// <summary>
    /// The plan for an object; null where it goes whole. One that came to S3 in parts goes in as many, which nearly always gives it the same
    /// ETag again; S3 tells how many they were, and their size is guessed.
    /// </summary>
    public static UploadPlan? For(CapturedObject source, PartRule rule)
    {
        if (source.Size == 0) return null;
        var stated = ServiceChecksum.For(source.Record.Checksum, "", etagMayBeMd5: false);
        var count = stated?.PartCount ?? CountOf(source.Record.ETag);
        var known = count is { } parts ? SizeOf(source.Size, parts) : null;
        if (known is null && source.Size < rule.From) return null;
        var size = known ?? rule.SizeFor(source.Size);
        // Checksums of the whole that can be made of parts' are those of cyclic codes alone.
        var (algorithm, isComposite) = known is not null && stated is { PartCount: not null } ? (stated.Algorithm, true)
            : stated is { PartCount: null } && stated.Algorithm.StartsWith("CRC", StringComparison.Ordinal) ? (stated.Algorithm, false)
            : ("CRC64NVME", false);
        return new(size, (int)((source.Size + size - 1) / size), algorithm, isComposite);
    }

    /// <summary>The plan for a file that is not to become the object that it was: parts as the rule has them, each with its SHA-256.</summary>
    public static UploadPlan? ForFile(CapturedObject source, PartRule rule)
    {
        if (source.Size < rule.From) return null;
        var size = rule.SizeFor(source.Size);
        return new(size, (int)((source.Size + size - 1) / size), "SHA256", IsComposite: true);
    }

    private static int? CountOf(string etag) =>
        etag.Split('-') is [_, var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var parts) && parts is > 0 and <= MultipartUpload.MostParts ? parts : null;

    /// <summary>A size of parts that gives so many; null where none can.</summary>
    private static long? SizeOf(long size, int count)
    {
        var least = (size + count - 1) / count;
        var whole = (least + Megabyte - 1) / Megabyte * Megabyte;
        foreach (var guess in (IEnumerable<long>)[.. Usual.Select(megabytes => megabytes * Megabyte), whole, least])
            if ((size + guess - 1) / guess == count && guess <= LargestPart && (guess >= SmallestPart || count == 1)) return guess;
        return null;
    }
}
