namespace JadaSnapshot;

/// <summary>What differs.</summary>
public enum DifferenceKind
{
    /// <summary>Only the reference has it: it was deleted since, or was never brought over.</summary>
    OnlyInReference,

    /// <summary>Only the other has it: it is new.</summary>
    OnlyInOther,

    /// <summary>Both have it, and their bytes are not the same.</summary>
    Content,

    /// <summary>The bytes are the same; the headers, the metadata or the tags that go with them are not.</summary>
    Metadata,

    /// <summary>A value in a document of its configuration is another.</summary>
    Configuration,
}

/// <summary>One thing in which two sides differ: a resource, a file or object of it, or a value in one of its documents.</summary>
public sealed record Difference
{
    /// <summary>The layer: <c>s3</c>, <c>lambda</c>, …</summary>
    public required string Layer { get; init; }

    /// <summary>What kind of resource it is: <c>bucket</c>, <c>function</c>, …</summary>
    public required string ResourceKind { get; init; }

    /// <summary>The name that people know the resource by.</summary>
    public required string Resource { get; init; }

    /// <summary>The resource's key: <c>layer/kind/region/id</c>.</summary>
    public required string ResourceKey { get; init; }

    /// <summary>What differs.</summary>
    public required DifferenceKind Kind { get; init; }

    /// <summary>The object's exact key, or the document's name; null where it is about the resource as a whole.</summary>
    public string? Key { get; init; }

    /// <summary>Where in the document: <c>DistributionConfig.Origins.Items.Origin[app].DomainName</c>; null where the whole is meant.</summary>
    public string? Path { get; init; }

    /// <summary>The side that has it, by its name (<c>v1.0</c>, <c>live</c>); <c>both</c> where it is on both.</summary>
    public required string Side { get; init; }

    /// <summary>Why it counts as a difference, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>It on the reference's side; null where that has none.</summary>
    public ComparedValue? Reference { get; init; }

    /// <summary>It on the other side; null where that has none.</summary>
    public ComparedValue? Other { get; init; }

    /// <summary>Why it is meant to differ, where a rule says so; else null.</summary>
    public string? MeantToDiffer { get; init; }

    /// <summary>Where the reference lies in a bucket, for two places that are compared: the bucket and the prefix below which <see cref="Key"/> is.</summary>
    public BucketPlace? ReferencePlace { get; init; }

    /// <summary>Where the other lies.</summary>
    public BucketPlace? OtherPlace { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Layer} {Resource}{(Key is null ? "" : $"/{Key}")}{(Path is null ? "" : $" {Path}")}: {Reason}";
}

/// <summary>One side of a difference.</summary>
public sealed record ComparedValue
{
    /// <summary>The value in a document. Secrets are fingerprints.</summary>
    public string? Value { get; init; }

    /// <summary>The size in bytes, of an object or a file.</summary>
    public long? Size { get; init; }

    /// <summary>Its checksum, as <c>SHA256:hex</c>, or what the service states of it (<c>ETag:…</c>, <c>CRC64NVME:…</c>).</summary>
    public string? Checksum { get; init; }

    /// <summary>When it was last written (UTC), of an object.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Value ?? Checksum ?? "";
}
