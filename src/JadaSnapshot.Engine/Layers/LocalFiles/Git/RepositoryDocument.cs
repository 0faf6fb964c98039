namespace JadaSnapshot.Engine.Layers.LocalFiles.Git;

/// <summary>What <c>repository.json</c> says of a git repository, beside its bundle.</summary>
internal sealed record RepositoryDocument
{
    /// <summary>The folder of the working files below the root; empty for the root itself.</summary>
    public required string Path { get; init; }

    /// <summary>The commit that is checked out; absent where there is none yet.</summary>
    public string? Head { get; init; }

    /// <summary>The branch that is checked out; absent where none is.</summary>
    public string? Branch { get; init; }

    /// <summary>The commits at which a shallow history ends.</summary>
    public IReadOnlyList<string>? Shallow { get; init; }

    public IReadOnlyList<GitRemote> Remotes { get; init; } = [];

    /// <summary>What was not committed.</summary>
    public IReadOnlyList<GitChange> Uncommitted { get; init; } = [];

    /// <summary>The latest first.</summary>
    public IReadOnlyList<GitStash> Stashes { get; init; } = [];

    /// <summary>Why the bundle is not there.</summary>
    public string? WithoutBundle { get; init; }
}

/// <summary>A remote, without credentials.</summary>
internal sealed record GitRemote(string Name, string? Url, string? PushUrl);

/// <summary>A path with the two letters of <c>git status --porcelain</c>, and what it was called before.</summary>
internal sealed record GitChange(string State, string Path, string? From);

/// <summary>A stash, and the ref under which the bundle has it.</summary>
internal sealed record GitStash(string Ref, string Commit, string Message);
