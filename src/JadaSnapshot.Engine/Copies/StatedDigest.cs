using System.Security.Cryptography;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Copies;

/// <summary>
/// What S3 states of the bytes of an object of a copy: its SHA-256; or, of one that came in parts, that of the parts, and in its metadata that
/// of the whole, which was made in one reading with those of the parts.
/// </summary>
internal static class StatedDigest
{
    /// <summary>The name of the metadata.</summary>
    public const string Name = "sha256";

    /// <summary>The algorithm, as S3 calls it.</summary>
    public const string Algorithm = "SHA256";

    /// <summary>A digest as S3 writes it.</summary>
    public static string ToBase64(string sha256) => Convert.ToBase64String(Convert.FromHexString(sha256));

    /// <summary>A file of a snapshot as it goes to S3.</summary>
    public static ObjectRecord ToRecord(ManifestEntry entry) => new()
    {
        Key = entry.Path,
        ETag = "",
        Checksum = $"{Algorithm}:{ToBase64(entry.Sha256)}",
        Metadata = new Dictionary<string, string> { [Name] = entry.Sha256 },
    };

    /// <summary>Whether an object has the bytes of a file, as S3 states it; null where it states nothing that could be compared.</summary>
    public static bool? Agrees(ObjectRecord there, ManifestEntry entry) => ServiceChecksum.For(there.Checksum, "", etagMayBeMd5: false) switch
    {
        { Algorithm: Algorithm, PartCount: null } whole => whole.Value == ToBase64(entry.Sha256),
        { Algorithm: Algorithm } when there.Metadata?.GetValueOrDefault(Name) is { } said => said == entry.Sha256,
        _ => null,
    };

    /// <summary>Reads an object and makes its SHA-256; null where it is longer than it should be.</summary>
    /// <exception cref="Wire.ServiceException">It cannot be read.</exception>
    public static async Task<string?> ReadAsync(S3Client s3, ObjectPlace place, long size, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (read, etag) = (0L, "");
        S3Call call = new()
        {
            Operation = "GetObject",
            Bucket = place.Bucket,
            Key = place.Key,
            Progress = () => read,
            Headers = () => read == 0 ? [] : [new("range", $"bytes={read}-{size - 1}"), new("if-match", $"\"{etag}\"")],
        };
        return await s3.CallAsync(call, async (response, timer, token) =>
        {
            if (read > 0) ObjectBody.RequireStretch(response, etag, read, size, size);
            else if (ObjectBody.LengthOf(response) != size) return null;
            etag = new ObjectHeaders(response).ETag;
            await ObjectBody.ReadAsync(response, size - read, bytes =>
            {
                hash.AppendData(bytes);
                read += bytes.Length;
            }, timer, token);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }, cancel);
    }
}
