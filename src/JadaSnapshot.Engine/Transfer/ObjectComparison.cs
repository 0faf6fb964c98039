namespace JadaSnapshot.Engine.Transfer;

/// <summary>Decides whether the copy of an object is still the object, from a listing alone: no request is made.</summary>
internal static class ObjectComparison
{
    /// <summary>Why the object has to be fetched; <see cref="ChangeReason.Unchanged"/> where it has not.</summary>
    public static ChangeReason Compare(ListedObject listed, ManifestEntry? copy) => copy?.Object switch
    {
        null => ChangeReason.New,
        var known when known.Key != listed.Key => ChangeReason.NameChanged,
        _ when copy.Size != listed.Size => ChangeReason.SizeChanged,
        var known when known.ETag != listed.ETag => ChangeReason.ContentChanged,
        // GET states the time to the second.
        var known when known.LastModified.ToUnixTimeSeconds() != listed.LastModified.ToUnixTimeSeconds() => ChangeReason.Rewritten,
        _ => ChangeReason.Unchanged,
    };

    /// <summary>Whether the bytes of two objects are the same by what the service states of both, and by what of it; null where that does not decide.</summary>
    public static (bool AreSame, string By)? CompareStated(ObjectRecord one, ObjectRecord other) =>
        IsMd5(one) && IsMd5(other) ? (one.ETag == other.ETag, "MD5")
        : IsOfTheWhole(one.Checksum) && IsOfTheWhole(other.Checksum) && Algorithm(one.Checksum!) == Algorithm(other.Checksum!) ? (one.Checksum == other.Checksum, Algorithm(one.Checksum!))
        : null;

    /// <summary>The MD5 of an object's bytes, where S3 states it.</summary>
    public static string? Md5Of(ObjectRecord record) => IsMd5(record) ? record.ETag : null;

    private static bool IsMd5(ObjectRecord record) => record.ETag.Length == 32 && record.Headers?.GetValueOrDefault("x-amz-server-side-encryption") is null or "AES256";

    private static bool IsOfTheWhole(string? checksum) => checksum?.Contains('-', StringComparison.Ordinal) == false;

    private static string Algorithm(string checksum) => checksum.Split(':')[0];
}
