using System.Globalization;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// The strongest word that S3 gave about an object's bytes: a checksum header, else an ETag that is an MD5. One that ends in <c>-N</c> is
/// the checksum of the checksums of the N parts in which the object was uploaded
/// (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html"/>).
/// </summary>
/// <param name="Algorithm">The algorithm's name.</param>
/// <param name="Value">What the checksum should be, in base64; an MD5 in hexadecimal digits.</param>
/// <param name="PartCount">The number of parts; null where it is a checksum of the whole.</param>
internal sealed record ServiceChecksum(string Algorithm, string Value, int? PartCount)
{
    private const string Md5 = "MD5";
    private static readonly string[] Algorithms = ["CRC64NVME", "SHA256", "CRC32C", "CRC32", "SHA1"];

    /// <summary>What S3 states of an object in its headers, as <c>ALGORITHM:value</c>; null where it states nothing.</summary>
    public static string? Stated(Func<string, string?> header)
    {
        foreach (var algorithm in Algorithms)
            if (header("x-amz-checksum-" + algorithm.ToLowerInvariant()) is { } value) return $"{algorithm}:{value}";
        return null;
    }

    /// <summary>What there is to hold a body against; null where S3 said nothing that depends on the bytes.</summary>
    public static ServiceChecksum? For(string? stated, string etag, bool etagMayBeMd5)
    {
        if (stated?.Split(':') is [var algorithm, var value] && Algorithms.Contains(algorithm) && Read(algorithm, value) is { } checksum) return checksum;
        return etagMayBeMd5 && Read(Md5, etag) is { Value.Length: 32 } md5 && md5.Value.All(char.IsAsciiHexDigit) ? md5 : null;
    }

    /// <summary>Whether it is this one.</summary>
    public bool Is(byte[] checksum) => Algorithm == Md5
        ? string.Equals(Convert.ToHexStringLower(checksum), Value, StringComparison.OrdinalIgnoreCase)
        : Convert.ToBase64String(checksum) == Value;

    /// <inheritdoc/>
    public override string ToString() => PartCount is null ? Algorithm : $"{Algorithm} of {PartCount} parts";

    private static ServiceChecksum? Read(string algorithm, string text) => text.Split('-') switch
    {
        [var value] => new(algorithm, value, null),
        [var value, var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var parts) && parts is > 0 and <= 10_000 => new(algorithm, value, parts),
        _ => null,
    };
}
