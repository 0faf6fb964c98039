namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>One version of an object, or a delete marker.</summary>
internal sealed record ObjectVersion
{
    public required string Key { get; init; }
    public string VersionId { get; init; } = "null";
    public bool IsDeleteMarker { get; init; }
    public required DateTimeOffset LastModified { get; init; }
    public string ETag { get; init; } = "";
    public IReadOnlyList<ReadOnlyMemory<byte>> Segments { get; init; } = [];
    public long Size { get; init; }
    public ObjectHeaders Headers { get; init; } = new();
    public Checksum? Checksum { get; init; }
    public IReadOnlyList<ObjectPart> Parts { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];
    public byte[]? Acl { get; init; }
    public DateTimeOffset? RestoredUntil { get; init; }
}

/// <summary>A part of an object that was uploaded in parts.</summary>
internal sealed record ObjectPart(int Number, long Size, Checksum? Checksum);

/// <summary>A checksum as S3 keeps it. A composite one is made of the parts' own and ends in their number.</summary>
internal sealed record Checksum(string Algorithm, string Value, bool IsComposite = false)
{
    public string Type => IsComposite ? "COMPOSITE" : "FULL_OBJECT";
}
