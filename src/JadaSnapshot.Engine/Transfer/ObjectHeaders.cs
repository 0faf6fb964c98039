using System.Globalization;
using System.Net.Http.Headers;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>An object's headers, read as they came.</summary>
internal sealed class ObjectHeaders(HttpResponseMessage response)
{
    /// <summary>The headers that belong to an object and have to come back with it.</summary>
    private static readonly string[] Kept =
    [
        "content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires",
        "x-amz-website-redirect-location", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-server-side-encryption-bucket-key-enabled", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold",
    ];

    private readonly HttpHeadersNonValidated _general = response.Headers.NonValidated;
    private readonly HttpHeadersNonValidated _content = response.Content.Headers.NonValidated;

    public int TagCount => int.TryParse(Get("x-amz-tagging-count"), CultureInfo.InvariantCulture, out var count) ? count : 0;

    public string ETag => (Get("ETag") ?? "").Trim('"');

    public bool ETagMayBeMd5 => Get("x-amz-server-side-encryption") is null or "AES256" && Get("x-amz-server-side-encryption-customer-algorithm") is null;

    public ObjectRecord ToRecord(string key) => new()
    {
        Key = key,
        VersionId = Get("x-amz-version-id") is { } version && version != "null" ? version : null,
        ETag = ETag,
        Checksum = ServiceChecksum.Stated(Get),
        LastModified = response.Content.Headers.LastModified ?? default,
        StorageClass = Get("x-amz-storage-class"),
        Headers = Some(Kept.Select(name => (Name: name, Value: Get(name)))),
        Metadata = Some(_general.Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
            .Select(header => (Name: header.Key["x-amz-meta-".Length..].ToLowerInvariant(), Value: (string?)header.Value.ToString()))),
    };

    private string? Get(string name) =>
        _general.TryGetValues(name, out var values) || _content.TryGetValues(name, out values) ? values.ToString() : null;

    private static SortedDictionary<string, string>? Some(IEnumerable<(string Name, string? Value)> headers)
    {
        SortedDictionary<string, string>? some = null;
        foreach (var (name, value) in headers)
            if (value is not null) (some ??= new(StringComparer.Ordinal))[name] = value;
        return some;
    }
}
