namespace JadaSnapshot;

/// <summary>Something that could not be captured. One line of <c>problems.jsonl</c>.</summary>
public sealed record Problem
{
    /// <summary>The layer in which it happened.</summary>
    public required string Layer { get; init; }

    /// <summary>The resource's name, with the object's key behind a slash where it is about one object; empty where a whole layer could not be listed.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The operation that failed, in the service's own term (<c>GetBucketPolicy</c>).</summary>
    public string Operation { get; init; } = "";

    /// <summary>The service's error code (<c>AccessDenied</c>), or the kind of local failure (<c>ChecksumMismatch</c>, <c>DiskFull</c>).</summary>
    public required string ErrorCode { get; init; }

    /// <summary>The id under which the service logged the request, where it answered.</summary>
    public string? RequestId { get; init; }

    /// <summary>What happened and what to do about it, in words. Never holds a secret.</summary>
    public required string Message { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Layer}{(Resource.Length > 0 ? " " + Resource : "")}: {Message} ({(Operation.Length > 0 ? Operation + ": " : "")}{ErrorCode})";
}
