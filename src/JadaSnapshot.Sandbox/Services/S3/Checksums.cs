using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>The checksum algorithms of S3.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</remarks>
internal static class Checksums
{
    public const string Default = "CRC64NVME";

    private static readonly string[] Algorithms = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];
    private static readonly ulong[] Crc32Table = Slices(0xEDB88320);
    private static readonly ulong[] Crc64Table = Slices(0x9A6C9329AC4BC9B5);

    public static IReadOnlyList<string> Names => Algorithms;

    public static string Header(string algorithm) => algorithm switch
    {
        "CRC32" => "x-amz-checksum-crc32",
        "CRC32C" => "x-amz-checksum-crc32c",
        "CRC64NVME" => "x-amz-checksum-crc64nvme",
        "SHA1" => "x-amz-checksum-sha1",
        _ => "x-amz-checksum-sha256",
    };

    public static string Of(string algorithm, ReadOnlySpan<byte> data) => Convert.ToBase64String(Digest(algorithm, [data.ToArray()]));

    /// <summary>The checksum of segments as of one whole, in the byte order that S3 states it.</summary>
    public static byte[] Digest(string algorithm, IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        switch (algorithm)
        {
            case "CRC32":
                return BigEndian(~segments.Aggregate(uint.MaxValue, (crc, segment) => Crc32(crc, segment.Span)));
            case "CRC32C":
                return BigEndian(~segments.Aggregate(uint.MaxValue, (crc, segment) => Crc32C(crc, segment.Span)));
            case "CRC64NVME":
                return BigEndian(~segments.Aggregate(ulong.MaxValue, (crc, segment) => Crc(Crc64Table, crc, segment.Span)));
            default:
                using (var hash = IncrementalHash.CreateHash(algorithm == "SHA1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256))
                {
                    foreach (var segment in segments) hash.AppendData(segment.Span);
                    return hash.GetHashAndReset();
                }
        }
    }

    /// <summary>CRC-32, as S3, PNG and zip have it, without the inversions at both ends.</summary>
    public static uint Crc32(uint crc, ReadOnlySpan<byte> data) => (uint)Crc(Crc32Table, crc, data);

    private static uint Crc32C(uint crc, ReadOnlySpan<byte> data)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var value in data[(words.Length * 8)..]) crc = BitOperations.Crc32C(crc, value);
        return crc;
    }

    /// <summary>Eight bytes a step: table k holds the remainder of a byte that is followed by k zero bytes.</summary>
    // Optimised at once: a sandbox is full of contents before the runtime would come to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Crc(ulong[] table, ulong crc, ReadOnlySpan<byte> data)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (var word in words)
        {
            crc ^= word;
            crc = table[7 * 256 + (byte)crc] ^ table[6 * 256 + (byte)(crc >> 8)] ^ table[5 * 256 + (byte)(crc >> 16)] ^ table[4 * 256 + (byte)(crc >> 24)]
                ^ table[3 * 256 + (byte)(crc >> 32)] ^ table[2 * 256 + (byte)(crc >> 40)] ^ table[256 + (byte)(crc >> 48)] ^ table[(byte)(crc >> 56)];
        }
        foreach (var value in data[(words.Length * 8)..]) crc = table[(byte)(crc ^ value)] ^ crc >> 8;
        return crc;
    }

    private static ulong[] Slices(ulong polynomial)
    {
        var table = new ulong[8 * 256];
        for (var i = 0; i < 256; i++) table[i] = Reflected((ulong)i, polynomial);
        for (var i = 256; i < table.Length; i++) table[i] = table[(byte)table[i - 256]] ^ table[i - 256] >> 8;
        return table;
    }

    private static ulong Reflected(ulong remainder, ulong polynomial)
    {
        for (var bit = 0; bit < 8; bit++) remainder = (remainder & 1) != 0 ? remainder >> 1 ^ polynomial : remainder >> 1;
        return remainder;
    }

    private static byte[] BigEndian(uint crc) => [(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];

    private static byte[] BigEndian(ulong crc) => [.. BigEndian((uint)(crc >> 32)), .. BigEndian((uint)crc)];
}
