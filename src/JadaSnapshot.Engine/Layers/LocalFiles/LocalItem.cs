namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>What lies in a file system.</summary>
internal enum LocalKind
{
    File,
    Folder,
    Link,
    Pipe,
    Socket,
    Device,
    Unknown,
}

/// <summary>One line of <c>.jada/entries.jsonl</c>: what a root holds at a path, besides its bytes.</summary>
internal sealed record LocalItem
{
    /// <summary>The path below the root, with forward slashes; empty for the root itself.</summary>
    public required string Path { get; init; }

    public required LocalKind Kind { get; init; }

    /// <summary>The permissions in octal; none on Windows.</summary>
    public string? Mode { get; init; }

    public DateTimeOffset? Modified { get; init; }

    public long? Size { get; init; }

    /// <summary>Where a link leads, as it says.</summary>
    public string? Target { get; init; }

    /// <summary>The path of its bytes below the root's folder in the snapshot, where that is another.</summary>
    public string? File { get; init; }

    /// <summary>Why its bytes are not there.</summary>
    public LocalFileReason? LeftOut { get; init; }

    public string? Detail { get; init; }

    /// <summary>Where its sealed form lies below the root's folder in the snapshot, up to the extension of the seal.</summary>
    public string? Sealed { get; init; }

    /// <summary>The full path of the root; in the first line only.</summary>
    public string? Source { get; init; }
}
