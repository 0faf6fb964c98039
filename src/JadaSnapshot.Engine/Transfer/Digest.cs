using System.Security.Cryptography;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>A checksum in the making, by one of S3's algorithms or MD5.</summary>
internal sealed class Digest(string algorithm) : IDisposable
{
    private readonly IncrementalHash? _hash = algorithm.StartsWith("CRC", StringComparison.Ordinal) ? null : IncrementalHash.CreateHash(new(algorithm));
    private Crc? _crc = NewCrc(algorithm);

    /// <summary>The checksum of bytes.</summary>
    public static byte[] Of(string algorithm, ReadOnlySpan<byte> bytes)
    {
        using Digest digest = new(algorithm);
        digest.Append(bytes);
        return digest.Finish();
    }

    /// <summary>The checksum of a file that has arrived.</summary>
    public static byte[] Of(string algorithm, IReceivedFile file)
    {
        using Digest digest = new(algorithm);
        file.Show(digest.Append);
        return digest.Finish();
    }

    /// <summary>Takes in bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _crc?.Append(bytes);
        _hash?.AppendData(bytes);
    }

    /// <summary>The checksum of what was taken in; the next one begins.</summary>
    public byte[] Finish()
    {
        if (_crc is null) return _hash!.GetHashAndReset();
        var checksum = _crc.ToBytes();
        _crc = NewCrc(algorithm);
        return checksum;
    }

    public void Dispose() => _hash?.Dispose();

    private static Crc? NewCrc(string algorithm) => algorithm switch
    {
        "CRC64NVME" => Crc.Crc64Nvme(),
        "CRC32C" => Crc.Crc32C(),
        "CRC32" => Crc.Crc32(),
        _ => null,
    };
}
