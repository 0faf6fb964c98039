namespace JadaSnapshot;

/// <summary>What became of a local root in an export.</summary>
public sealed record LocalFileExport
{
    /// <summary>The root's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was read.</summary>
    public required string Source { get; init; }

    /// <summary>The folder that holds its files, and a <c>SHA256SUMS</c> of them for <c>sha256sum -c</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The number of files of the root that are kept.</summary>
    public long FileCount { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The number of symbolic links that are noted.</summary>
    public long LinkCount { get; init; }

    /// <summary>The number of git repositories that are kept as bundles.</summary>
    public long RepositoryCount { get; init; }

    /// <summary>What was left out though nobody asked for it, with the reason. What patterns exclude is only counted.</summary>
    public IReadOnlyList<LocalFileLeftOut> LeftOut { get; init; } = [];

    /// <summary>The number of files and folders that patterns or <c>.gitignore</c> exclude; what lies below such a folder is not counted.</summary>
    public long ExcludedCount { get; init; }

    /// <summary>The number of things that could not be captured.</summary>
    public long ProblemCount { get; init; }

    /// <summary>True where nothing failed.</summary>
    public bool IsComplete => ProblemCount == 0;

    /// <summary>True where problems kept this export from taking the place of an earlier one, which is there as it was.</summary>
    public bool IsEarlierKept { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
