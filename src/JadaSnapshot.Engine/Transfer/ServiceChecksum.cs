using System.Security.Cryptography;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// The strongest word that S3 gave about an object's bytes: a checksum header, else an ETag that is an MD5. Composite
/// checksums (<c>…-N</c>), multipart and KMS ETags say nothing that one pass over the bytes could confirm.
/// </summary>
internal sealed class ServiceChecksum : IDisposable
{
    private static readonly string[] Algorithms = ["CRC64NVME", "SHA256", "CRC32C", "CRC32", "SHA1"];

    private readonly Crc? _crc;
    private readonly IncrementalHash? _hash;
    private readonly bool _hexadecimal;

    private ServiceChecksum(string name, string expected, Crc? crc, HashAlgorithmName? hash, bool hexadecimal = false)
    {
        (Name, Expected, _crc, _hexadecimal) = (name, expected, crc, hexadecimal);
        if (hash is not null) _hash = IncrementalHash.CreateHash(hash.Value);
    }

    /// <summary>The algorithm's name.</summary>
    public string Name { get; }

    /// <summary>What S3 says it should be.</summary>
    public string Expected { get; }

    /// <summary>What S3 states of an object in its headers, as <c>ALGORITHM:value</c>; null where it states nothing.</summary>
    public static string? Stated(Func<string, string?> header)
    {
        foreach (var algorithm in Algorithms)
            if (header("x-amz-checksum-" + algorithm.ToLowerInvariant()) is { } value) return $"{algorithm}:{value}";
        return null;
    }

    /// <summary>The check to make of a whole body; null where S3 said nothing that can be checked.</summary>
    public static ServiceChecksum? For(string? stated, string etag, bool etagMayBeMd5)
    {
        if (stated is not null && stated.IndexOf(':') is var colon and > 0 && !stated.Contains('-'))
        {
            var expected = stated[(colon + 1)..];
            switch (stated[..colon])
            {
                case "CRC64NVME": return new("CRC64NVME", expected, Crc.Crc64Nvme(), null);
                case "CRC32C": return new("CRC32C", expected, Crc.Crc32C(), null);
                case "CRC32": return new("CRC32", expected, Crc.Crc32(), null);
                case "SHA256": return new("SHA256", expected, null, HashAlgorithmName.SHA256);
                case "SHA1": return new("SHA1", expected, null, HashAlgorithmName.SHA1);
            }
        }
        return etagMayBeMd5 && etag.Length == 32 && etag.All(char.IsAsciiHexDigit) ? new("MD5", etag, null, HashAlgorithmName.MD5, hexadecimal: true) : null;
    }

    /// <summary>Takes in bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _crc?.Append(bytes);
        _hash?.AppendData(bytes);
    }

    /// <summary>Whether the bytes are those that S3 spoke of.</summary>
    public bool Agrees()
    {
        if (_crc is not null) return _crc.ToBase64() == Expected;
        var hash = _hash!.GetHashAndReset();
        return _hexadecimal ? string.Equals(Convert.ToHexStringLower(hash), Expected, StringComparison.OrdinalIgnoreCase) : Convert.ToBase64String(hash) == Expected;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash?.Dispose();
}
