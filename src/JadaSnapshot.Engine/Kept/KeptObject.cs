using System.Text.Json.Serialization;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Kept;

/// <summary>One line of <c>copies.jsonl</c>: an object of a bucket as it was listed, and its copy.</summary>
internal sealed record KeptObject
{
    /// <summary>The exact key.</summary>
    public required string Key { get; init; }

    /// <summary>The version that was copied, where S3 said so.</summary>
    public string? VersionId { get; init; }

    /// <summary>The ETag, without the quotes.</summary>
    [JsonPropertyName("etag")]
    public required string ETag { get; init; }

    /// <summary>The checksum that S3 keeps of it, where it was asked.</summary>
    public string? Checksum { get; init; }

    /// <summary>The size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>When it was last written (UTC).</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The storage class, where it is not <c>STANDARD</c>.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Its copy.</summary>
    public required KeptCopy Copy { get; init; }
}

/// <summary>The copy of an object that a snapshot keeps in S3: one version, which no later copy changes.</summary>
internal sealed record KeptCopy
{
    /// <summary>What <see cref="Unverified"/> says.</summary>
    internal const string NoChecksum = "NoChecksum";

    /// <summary>The bucket.</summary>
    public required string Bucket { get; init; }

    /// <summary>The exact key.</summary>
    public required string Key { get; init; }

    /// <summary>The version.</summary>
    public required string VersionId { get; init; }

    /// <summary>The ETag, without the quotes.</summary>
    [JsonPropertyName("etag")]
    public required string ETag { get; init; }

    /// <summary>The checksum that S3 keeps of it, where it was asked.</summary>
    public string? Checksum { get; init; }

    /// <summary><c>NoChecksum</c> where S3 made it of the object and states nothing of both that could be compared; null where its bytes agree.</summary>
    public string? Unverified { get; init; }

    /// <summary>Where it lies.</summary>
    [JsonIgnore]
    public ObjectPlace Place => new(Bucket, Key, VersionId);
}
