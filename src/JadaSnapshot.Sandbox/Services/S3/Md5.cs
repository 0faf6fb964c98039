using System.Security.Cryptography;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>The digest that S3's ETags and Content-MD5 are made of. Nothing is kept safe by it.</summary>
internal static class Md5
{
#pragma warning disable CA5351 // S3 defines ETags by MD5.
    public static byte[] Of(ReadOnlySpan<byte> data) => MD5.HashData(data);
#pragma warning restore CA5351

    public static string Hex(IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        if (segments is [var only]) return Convert.ToHexStringLower(Of(only.Span));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var segment in segments) hash.AppendData(segment.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
