namespace JadaSnapshot;

/// <summary>Who copies objects between buckets.</summary>
public enum CopyEngine
{
    /// <summary>CopyObject, an object at a time and many at once.</summary>
    CopyObject,

    /// <summary>A job of S3 Batch Operations.</summary>
    S3Batch,
}

/// <summary>What became of a place in a bucket that was brought to another.</summary>
public sealed record BucketCopyResult
{
    /// <summary>Where the objects come from.</summary>
    public required BucketPlace Source { get; init; }

    /// <summary>Where they go.</summary>
    public required BucketPlace Destination { get; init; }

    /// <summary>True where every object that was wanted is there as the source holds it, or held it at <see cref="ListedAt"/>.</summary>
    public bool IsComplete => ProblemCount == 0;

    /// <summary>The number of objects that were wanted.</summary>
    public long ObjectCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The number of objects that were copied, or would be with <c>-WhatIf</c>.</summary>
    public long CopiedCount { get; init; }

    /// <summary>The bytes that were copied, or would be.</summary>
    public long CopiedBytes { get; init; }

    /// <summary>The number of objects that were there already.</summary>
    public long UnchangedCount { get; init; }

    /// <summary>The number of copies of which S3 states nothing that could be held against the object.</summary>
    public long UnverifiedCount { get; init; }

    /// <summary>The number of objects that were deleted from the destination, or would be.</summary>
    public long DeletedCount { get; init; }

    /// <summary>The number of objects that only the destination holds and that stay.</summary>
    public long LeftOverCount { get; init; }

    /// <summary>The number of objects that an inventory lists and that are gone since.</summary>
    public long GoneCount { get; init; }

    /// <summary>The number of things that could not be done.</summary>
    public long ProblemCount { get; init; }

    /// <summary>When S3 Inventory looked at the source (UTC): what came or changed since it does not know of; null where the source was listed.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>Who copied.</summary>
    public CopyEngine Engine { get; init; }

    /// <summary>The job of S3 Batch Operations that copied, or was found at work; null where there was none.</summary>
    public string? JobId { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Source} → {Destination}";
}
