namespace JadaSnapshot;

/// <summary>Why something below a local root is not in the snapshot as a file.</summary>
public enum LocalFileReason
{
    /// <summary>A pattern excludes it.</summary>
    Excluded,

    /// <summary>A <c>.gitignore</c> names it.</summary>
    Ignored,

    /// <summary>Its name or its content looks like a secret.</summary>
    Secret,

    /// <summary>It is a socket, a pipe or a device.</summary>
    Special,

    /// <summary>It is git's own store of a repository, which is kept as a bundle.</summary>
    Repository,

    /// <summary>It is a repository whose store lies outside of the root.</summary>
    RepositoryElsewhere,

    /// <summary>It was gone when it was to be read.</summary>
    Vanished,

    /// <summary>It could not be read; a problem of the snapshot says why.</summary>
    Unreadable,
}
