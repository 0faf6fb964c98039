namespace JadaSnapshot;

/// <summary>What a verification says of a snapshot.</summary>
public enum VerificationResult
{
    /// <summary>Every file is there as it was captured, and everything that was asked for was captured.</summary>
    Whole,

    /// <summary>Every file is there as it was captured, and something could not be captured.</summary>
    Incomplete,

    /// <summary>Every file is there as it was captured, and copies that it keeps in S3 could not be looked at.</summary>
    Unproven,

    /// <summary>It was never finished.</summary>
    Unfinished,

    /// <summary>Files are missing, changed or added, or the manifest is not the one that was written.</summary>
    Damaged,
}

/// <summary>What is wrong with one file.</summary>
public enum FindingKind
{
    /// <summary>The manifest names it and it is not there.</summary>
    Missing,

    /// <summary>Its bytes are not those that were captured.</summary>
    Changed,

    /// <summary>It is there and the manifest does not name it.</summary>
    Extra,

    /// <summary>It cannot be read.</summary>
    Unreadable,

    /// <summary>It is something that a snapshot never holds: a link, a socket, a line that cannot be parsed, a path out of the folder.</summary>
    Invalid,
}

/// <summary>One file that is not as it was captured.</summary>
public sealed record VerificationFinding
{
    /// <summary>The file's path below the snapshot's folder.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>The same in words.</summary>
    public required string Message { get; init; }

    /// <summary>The layer that it belongs to, where the manifest says so.</summary>
    public string? Layer { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}: {Path}";
}

/// <summary>The outcome of verifying a snapshot.</summary>
public sealed record SnapshotVerification
{
    /// <summary>The snapshot's name.</summary>
    public required string Name { get; init; }

    /// <summary>The full path of its folder, or its address in S3.</summary>
    public required string Path { get; init; }

    /// <summary>The verdict.</summary>
    public required VerificationResult Result { get; init; }

    /// <summary>True where <see cref="Result"/> is <see cref="VerificationResult.Whole"/>.</summary>
    public bool IsWhole => Result == VerificationResult.Whole;

    /// <summary>The number of files that were compared: by their bytes, or by what S3 states of them.</summary>
    public long FilesChecked { get; init; }

    /// <summary>The number of bytes read.</summary>
    public long BytesChecked { get; init; }

    /// <summary>The number of files that were held against their sizes alone, because S3 states no SHA-256 of them and they were not to be read.</summary>
    public long FilesUnverified { get; init; }

    /// <summary>The number of copies kept in S3 that were looked up.</summary>
    public long CopiesChecked { get; init; }

    /// <summary>Why copies kept in S3 could not be looked at; null where they were, or there are none.</summary>
    public string? CopiesUnseen { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The number of things that could not be captured when it was taken.</summary>
    public long ProblemCount { get; init; }

    /// <summary>What is wrong, in ordinal order of path: at most 1,000 of them; <see cref="FindingCount"/> counts them all.</summary>
    public IReadOnlyList<VerificationFinding> Findings { get; init; } = [];

    /// <summary>The number of things that are wrong.</summary>
    public long FindingCount { get; init; }
}
