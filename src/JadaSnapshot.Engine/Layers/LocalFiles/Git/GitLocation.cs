namespace JadaSnapshot.Engine.Layers.LocalFiles.Git;

/// <summary>Where a repository's files are.</summary>
/// <param name="WorkTree">The working files.</param>
/// <param name="Folder">What belongs to this working tree alone: HEAD, the index.</param>
/// <param name="Common">What it shares with others: objects, refs. Mostly the same.</param>
internal sealed record GitLocation(string WorkTree, string Folder, string Common)
{
    private const int PointerLength = 4096;

    /// <summary>The repository of a folder; null where there is none.</summary>
    /// <param name="workTree">The folder.</param>
    /// <param name="root">The root, which nothing leads out of.</param>
    /// <exception cref="LocalFileException">It is broken (<c>RepositoryBroken</c>), or lies elsewhere (<c>RepositoryElsewhere</c>).</exception>
    public static GitLocation? Find(string workTree, string root)
    {
        var git = Path.Join(workTree, ".git");
        if (new DirectoryInfo(git) is { Exists: true, LinkTarget: null }) return new GitLocation(workTree, git, git).Checked(root);
        if (ReadPointer(git, "gitdir: ") is not { } pointer) return null;
        var folder = Path.GetFullPath(pointer, workTree);
        var common = ReadPointer(Path.Join(folder, "commondir"), "") is { } shared ? Path.GetFullPath(shared, folder) : folder;
        foreach (var place in (string[])[folder, common])
            if (!IsInside(place, root)) throw new LocalFileException(nameof(LocalFileReason.RepositoryElsewhere), $"The repository's own store lies outside of the root: {place}");
        return new GitLocation(workTree, folder, common).Checked(root);
    }

    /// <summary>A file that is no link; null where there is none.</summary>
    public static string? PlainFile(string path) => new FileInfo(path) is { Exists: true, LinkTarget: null } file && LocalKinds.Of(file) == LocalKind.File ? path : null;

    private GitLocation Checked(string root)
    {
        if (PlainFile(Path.Join(Folder, "HEAD")) is null || new DirectoryInfo(Path.Join(Common, "objects")) is not { Exists: true, LinkTarget: null })
            throw new LocalFileException("RepositoryBroken", $"{Folder} is not a git repository, or no whole one.");
        var alternates = Path.Join(Common, "objects", "info", "alternates");
        if (File.Exists(alternates) && !(PlainFile(alternates) is { } plain && File.ReadLines(plain).Where(line => line.Length > 0).All(line => IsInside(Path.GetFullPath(line, Path.Join(Common, "objects")), root))))
            throw new LocalFileException(nameof(LocalFileReason.RepositoryElsewhere), "The repository borrows objects from outside of the root.");
        return this;
    }

    private static string? ReadPointer(string path, string prefix)
    {
        if (PlainFile(path) is null || new FileInfo(path).Length > PointerLength) return null;
        var text = File.ReadAllText(path).TrimEnd();
        return text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length && !text.Contains('\0', StringComparison.Ordinal) ? text[prefix.Length..] : null;
    }

    private static bool IsInside(string path, string root)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (folder.FullName == root) return true;
            if (folder.LinkTarget is not null) return false;
        }
        return false;
    }
}
