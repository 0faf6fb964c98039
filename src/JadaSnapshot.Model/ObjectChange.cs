namespace JadaSnapshot;

/// <summary>What is done about an object.</summary>
public enum ObjectAction
{
    /// <summary>Its bytes are fetched.</summary>
    Download,

    /// <summary>The service copies it to another place.</summary>
    Copy,

    /// <summary>Its bytes are put back from a snapshot.</summary>
    Upload,

    /// <summary>Its copy is deleted: a file, or an object of the bucket that is copied to.</summary>
    Delete,

    /// <summary>Its copy stays as it is.</summary>
    Keep,
}

/// <summary>Why something is done about an object. Time alone never decides.</summary>
public enum ChangeReason
{
    /// <summary>It was never copied.</summary>
    New,

    /// <summary>Its ETag is another than that of the copy.</summary>
    ContentChanged,

    /// <summary>Its size is another than that of the copy.</summary>
    SizeChanged,

    /// <summary>It was written again with the same bytes: its headers, metadata or tags may be others.</summary>
    Rewritten,

    /// <summary>The copy is not there.</summary>
    CopyMissing,

    /// <summary>The copy is not as it was written.</summary>
    CopyChanged,

    /// <summary>The copy belongs under another name, because a key came or went that shares its name on some file systems.</summary>
    NameChanged,

    /// <summary>The bucket does not hold it any more.</summary>
    GoneFromBucket,

    /// <summary>The snapshot does not hold it.</summary>
    NotInSnapshot,

    /// <summary>Nothing has changed.</summary>
    Unchanged,
}

/// <summary>One object and what a sync or a restore does, or would do, about it.</summary>
public sealed record ObjectChange
{
    /// <summary>The bucket; between buckets the one that is written to.</summary>
    public required string BucketName { get; init; }

    /// <summary>The exact key.</summary>
    public required string Key { get; init; }

    /// <summary>What is done.</summary>
    public required ObjectAction Action { get; init; }

    /// <summary>Why.</summary>
    public required ChangeReason Reason { get; init; }

    /// <summary>The object's size in bytes; that of the copy where it is deleted.</summary>
    public long Size { get; init; }

    /// <summary>When the object was last written (UTC).</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The full path of the copy: of a file, or <c>bucket/key</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Where it is copied from between buckets, as <c>bucket/key</c>, or put back from: the file's full path. Null where it is fetched or deleted.</summary>
    public string? Source { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {BucketName}/{Key} ({Reason})";
}
