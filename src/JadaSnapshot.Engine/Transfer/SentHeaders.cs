namespace JadaSnapshot.Engine.Transfer;

/// <summary>What is sent with the bytes of an object, so that it becomes the object that it was.</summary>
internal static class SentHeaders
{
    private const string Encryption = "x-amz-server-side-encryption";
    private const string Redirect = "x-amz-website-redirect-location";

    /// <summary>What describes its content: headers, where it redirects to, metadata and tags.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfContent(ObjectRecord record)
    {
        foreach (var header in record.Headers ?? new Dictionary<string, string>())
            if (header.Key == Redirect || !header.Key.StartsWith("x-amz-", StringComparison.Ordinal)) yield return header;
        foreach (var (name, value) in record.Metadata ?? new Dictionary<string, string>()) yield return new("x-amz-meta-" + name, value);
        if (record.Tags is { Count: > 0 } tags) yield return new("x-amz-tagging", S3Path.Query([.. tags.Select(tag => (tag.Key, (string?)tag.Value))]));
    }

    /// <summary>How it is kept: its storage class.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfStorage(ObjectRecord record)
    {
        if (record.StorageClass is { } storageClass) yield return new("x-amz-storage-class", storageClass);
    }

    /// <summary>How it is encrypted.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfEncryption(ObjectRecord record) =>
        (record.Headers ?? new Dictionary<string, string>()).Where(header => header.Key.StartsWith(Encryption, StringComparison.Ordinal));

    /// <summary>Which checksum its parts come with, and what the object's is made of: the whole, or the parts' checksums.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Checksums(string algorithm, bool isComposite) =>
        [new("x-amz-checksum-algorithm", algorithm), new("x-amz-checksum-type", isComposite ? "COMPOSITE" : "FULL_OBJECT")];

    /// <summary>A checksum of what is sent, which S3 holds it against.</summary>
    public static KeyValuePair<string, string> Checksum(ServiceChecksum checksum) => new("x-amz-checksum-" + checksum.Algorithm.ToLowerInvariant(), checksum.Value);
}
