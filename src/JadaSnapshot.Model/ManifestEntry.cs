using System.Text.Json.Serialization;

namespace JadaSnapshot;

/// <summary>One line of <c>manifest.jsonl</c>: a file of a snapshot.</summary>
public sealed record ManifestEntry
{
    /// <summary>The file's path below the snapshot's folder, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Its SHA-256, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The layer that it belongs to.</summary>
    public required string Layer { get; init; }

    /// <summary>The resource that it belongs to: <see cref="Resource.Key"/>.</summary>
    public required string Resource { get; init; }

    /// <summary>What S3 said of the object; null for every other file.</summary>
    public ObjectRecord? Object { get; init; }

    /// <summary>How many objects kept in S3 the file names, and their bytes; null for every other file.</summary>
    public ObjectTotals? Copies { get; init; }
}

/// <summary>An S3 object as it was when its bytes were read: all that a restore has to send with them.</summary>
public sealed record ObjectRecord
{
    /// <summary>The exact key.</summary>
    public required string Key { get; init; }

    /// <summary>The version id, where the bucket is or was versioned.</summary>
    public string? VersionId { get; init; }

    /// <summary>The ETag as S3 sent it, without the quotes.</summary>
    [JsonPropertyName("etag")]
    public required string ETag { get; init; }

    /// <summary>The checksum that S3 keeps of the object, as <c>ALGORITHM:base64</c> (<c>CRC64NVME:…</c>); composite ones end in <c>-N</c>.</summary>
    public string? Checksum { get; init; }

    /// <summary>
    /// Why the bytes were held against no checksum of S3's, and only their number was: <c>NoChecksum</c> where S3 states none,
    /// <c>PartsUnknown</c> or the service's error code where it states one of parts and does not tell where they end; null where they agree.
    /// </summary>
    public string? Unverified { get; init; }

    /// <summary>When it was last written (UTC).</summary>
    public DateTimeOffset LastModified { get; init; }

    /// <summary>The storage class, where it is not <c>STANDARD</c>.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The headers that belong to the object (<c>content-type</c>, <c>cache-control</c>, …), names in lower case; null where there are none.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>User metadata, without the <c>x-amz-meta-</c> prefix; null where there is none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Tags; null where there are none.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
