using System.Globalization;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>An object's headers, read as they came.</summary>
internal sealed class ObjectHeaders
{
    private const string Metadata = "x-amz-meta-";

    /// <summary>The headers that belong to an object and have to come back with it, in order.</summary>
    private static readonly string[] Kept =
    [
        "cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires",
        "x-amz-object-lock-legal-hold", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date",
        "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id", "x-amz-server-side-encryption-bucket-key-enabled",
        "x-amz-website-redirect-location",
    ];

    // Two dozen look-ups an object are cheaper in one table than in the framework's two.
    private readonly Dictionary<string, string> _values = new(24, StringComparer.OrdinalIgnoreCase);

    public ObjectHeaders(HttpResponseMessage response)
    {
        foreach (var (name, values) in response.Headers.NonValidated) _values[name] = values.ToString();
        foreach (var (name, values) in response.Content.Headers.NonValidated) _values[name] = values.ToString();
        LastModified = response.Content.Headers.LastModified ?? default;
        Length = response.Content.Headers.ContentLength;
    }

    public DateTimeOffset LastModified { get; }

    public long? Length { get; }

    public int TagCount => int.TryParse(Get("x-amz-tagging-count"), CultureInfo.InvariantCulture, out var count) ? count : 0;

    public string ETag => (Get("ETag") ?? "").Trim('"');

    public bool ETagMayBeMd5 => Get("x-amz-server-side-encryption") is null or "AES256" && Get("x-amz-server-side-encryption-customer-algorithm") is null;

    public ObjectRecord ToRecord(string key) => new()
    {
        Key = key,
        VersionId = Get("x-amz-version-id") is { } version && version != "null" ? version : null,
        ETag = ETag,
        Checksum = ServiceChecksum.Stated(Get),
        LastModified = LastModified,
        StorageClass = Get("x-amz-storage-class"),
        Headers = KeptHeaders(),
        Metadata = UserMetadata(),
    };

    private string? Get(string name) => _values.GetValueOrDefault(name);

    private Dictionary<string, string>? KeptHeaders()
    {
        Dictionary<string, string>? kept = null;
        foreach (var name in Kept)
            if (Get(name) is { } value) (kept ??= new(StringComparer.Ordinal)).Add(name, value);
        return kept;
    }

    private SortedDictionary<string, string>? UserMetadata()
    {
        SortedDictionary<string, string>? metadata = null;
        foreach (var (name, value) in _values)
            if (name.StartsWith(Metadata, StringComparison.OrdinalIgnoreCase)) (metadata ??= new(StringComparer.Ordinal))[name[Metadata.Length..].ToLowerInvariant()] = value;
        return metadata;
    }
}
