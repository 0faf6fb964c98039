namespace JadaSnapshot;

/// <summary>What became of one resource in an export.</summary>
public sealed record ResourceExport
{
    /// <summary>The resource's name.</summary>
    public required string Name { get; init; }

    /// <summary>The service's identifier, where that is not the name; else the name.</summary>
    public required string Id { get; init; }

    /// <summary>The layer that it belongs to.</summary>
    public required string Layer { get; init; }

    /// <summary>What it is within its layer.</summary>
    public required string Kind { get; init; }

    /// <summary>The region that it lives in; <c>aws-global</c> for services without regions.</summary>
    public required string Region { get; init; }

    /// <summary>The folder that holds its files, and a <c>SHA256SUMS</c> of them for <c>sha256sum -c</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The number of files.</summary>
    public long FileCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The number of things that could not be captured.</summary>
    public long ProblemCount { get; init; }

    /// <summary>True where all of the resource is in the folder.</summary>
    public bool IsComplete => ProblemCount == 0;

    /// <summary>True where problems kept this export from taking the place of an earlier one, which is there as it was.</summary>
    public bool IsEarlierKept { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
