namespace JadaSnapshot;

/// <summary>A folder of this machine, or a single file, that a snapshot holds under a name.</summary>
public sealed record LocalRoot
{
    /// <summary>The name under which it is kept: <c>local-files/&lt;name&gt;/</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it lies: a full path.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Patterns of paths below the root that are wanted although <see cref="Exclude"/> leaves them out; without any such, nothing else is wanted.
    /// They are read as the <c>aws</c> command line reads them: <c>*</c> is anything, slashes too.
    /// </summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Patterns of paths below the root that are left out: <c>node_modules/*</c>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Whether what <c>.gitignore</c> files name is left out, as git would. It takes git.</summary>
    public bool UseGitIgnore { get; init; }

    /// <summary>Patterns of paths below the root that are kept although they look like secrets.</summary>
    public IReadOnlyList<string> NotSecret { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Path})";
}
