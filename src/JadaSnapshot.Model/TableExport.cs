namespace JadaSnapshot;

/// <summary>An export of a table to S3 by DynamoDB itself (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportDescription.html"/>).</summary>
public sealed record TableExport
{
    /// <summary>The table's name.</summary>
    public required string TableName { get; init; }

    /// <summary>The region that it lives in.</summary>
    public required string Region { get; init; }

    /// <summary>The table's Amazon Resource Name.</summary>
    public string? TableArn { get; init; }

    /// <summary>The export's Amazon Resource Name.</summary>
    public string? ExportArn { get; init; }

    /// <summary><c>COMPLETED</c>, <c>FAILED</c>, or <c>IN_PROGRESS</c> where it was not waited for, or for too short a time.</summary>
    public string? Status { get; init; }

    /// <summary>The bucket that holds it.</summary>
    public string? Bucket { get; init; }

    /// <summary>The key of its manifest, which names all of its files; null until it is completed.</summary>
    public string? ManifestKey { get; init; }

    /// <summary>Where it lies, as <c>Restore-JadaTable -FromExport</c> takes it; null until it is completed.</summary>
    public string? S3Uri => ManifestKey?.LastIndexOf('/') is > 0 and var end ? $"s3://{Bucket}/{ManifestKey[..end]}" : null;

    /// <summary>The moment at which the table was as it was exported (UTC).</summary>
    public DateTimeOffset? ExportTime { get; init; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The number of items that it holds.</summary>
    public long? ItemCount { get; init; }

    /// <summary>The bytes that AWS charges for.</summary>
    public long? BilledSizeBytes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ExportArn ?? TableName;
}
