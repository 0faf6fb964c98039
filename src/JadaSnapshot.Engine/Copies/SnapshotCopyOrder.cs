namespace JadaSnapshot.Engine.Copies;

/// <summary>What is to be copied, and where to.</summary>
public sealed record SnapshotCopyOrder
{
    /// <summary>The snapshot, on disk or in S3.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>The store that the copy goes into: a full path, or <c>s3://bucket/prefix</c>.</summary>
    public required string Destination { get; init; }

    /// <summary>The name of a finished snapshot at the destination whose files are taken over where they are the same; null for the newest of the same account.</summary>
    public string? Base { get; init; }

    /// <summary>How the objects of the copy are locked; null for not at all.</summary>
    public CopyLock? Lock { get; init; }

    /// <summary>Whether nothing is done but to count what would be.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>The number of files that are under way at once.</summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>Is told in words of what is no failure and yet should be known, from any thread.</summary>
    public Action<string>? OnWarning { get; init; }
}

/// <summary>How objects are locked (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"/>).</summary>
/// <param name="Until">Until when none may be deleted or changed; null for no such time.</param>
/// <param name="Mode">Who may end that before its time.</param>
/// <param name="LegalHold">Whether none may be deleted until the hold is taken off.</param>
public sealed record CopyLock(DateTimeOffset? Until, RetentionMode Mode, bool LegalHold);
