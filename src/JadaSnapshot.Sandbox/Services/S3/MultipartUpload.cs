namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>An object on its way in, part by part.</summary>
internal sealed class MultipartUpload(string id, string key, DateTimeOffset started, ObjectHeaders headers)
{
    public string Id { get; } = id;
    public string Key { get; } = key;
    public DateTimeOffset Started { get; } = started;
    public ObjectHeaders Headers { get; } = headers;
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>The algorithm that the caller chose; null leaves it to S3.</summary>
    public string? Algorithm { get; init; }

    public bool IsComposite { get; init; }

    public SortedDictionary<int, UploadedPart> Parts { get; } = [];
}

/// <summary>A part that has arrived.</summary>
internal sealed record UploadedPart(int Number, IReadOnlyList<ReadOnlyMemory<byte>> Segments, long Size, string ETag, Checksum Checksum, DateTimeOffset LastModified);
