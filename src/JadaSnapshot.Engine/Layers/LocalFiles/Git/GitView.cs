using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles.Git;

/// <summary>
/// A repository as git is shown it: a folder of our own with copies of its refs and its index, which borrows its objects. Its configuration, its hooks and
/// its attributes are not there, so that nothing that they name can run, and nothing is written to it.
/// </summary>
internal sealed partial class GitView : IDisposable
{
    /// <summary>Where the stashes are found: only the first of them has a ref of git's own.</summary>
    public const string StashRefs = "refs/jada/stash/";

    // What tells how working files are compared, and in which form objects and refs are.
    private static readonly HashSet<string> Settings = new(StringComparer.Ordinal)
    {
        "core.repositoryformatversion", "core.filemode", "core.ignorecase", "core.precomposeunicode", "core.symlinks", "core.autocrlf", "core.eol",
        "extensions.objectformat", "extensions.refstorage",
    };

    private readonly string _home;

    /// <param name="workTree">The working files.</param>
    /// <param name="home">A new folder for what git writes; null for one among the temporary ones.</param>
    public GitView(string workTree, string? home = null)
    {
        _home = home ?? Directory.CreateTempSubdirectory("jada-git-").FullName;
        WorkTree = workTree;
        Objects = Path.Join(Folder, "objects");
        foreach (var folder in (string[])["objects", "refs", "info"]) Directory.CreateDirectory(Path.Join(Folder, folder));
        File.WriteAllText(Path.Join(Folder, "HEAD"), "ref: refs/heads/none\n");
        Configure([]);
    }

    /// <param name="location">The repository.</param>
    public GitView(GitLocation location) : this(location.WorkTree)
    {
        Objects = Path.Join(location.Common, "objects");
        foreach (var name in (string[])["HEAD", "index", .. Shared(location.Folder)]) Copy(location.Folder, name);
        foreach (var name in (string[])["packed-refs", "shallow", "info/exclude"]) Copy(location.Common, name);
        foreach (var tree in (string[])["refs", "reftable"]) CopyTree(location.Common, tree);
        Stashes = [.. ReadStashes(Path.Join(location.Common, "logs", "refs", "stash"))];
        foreach (var (index, stash) in Stashes.Index())
            Write($"{StashRefs}{index}", stash.Commit + "\n");
    }

    public string WorkTree { get; }

    public string Folder => Path.Join(_home, "git");

    public string Objects { get; }

    /// <summary>The room for what git is to write.</summary>
    public string Home => _home;

    /// <summary>The latest first.</summary>
    public IReadOnlyList<(string Commit, string Message)> Stashes { get; } = [];

    /// <summary>Takes over the settings that run nothing.</summary>
    public void Configure(IEnumerable<(string Name, string Value)> settings)
    {
        var lines = settings.Where(setting => Settings.Contains(setting.Name) && Plain().IsMatch(setting.Value))
            .Select(setting => (Names: setting.Name.Split('.'), setting.Value)).Select(setting => $"[{setting.Names[0]}]\n\t{setting.Names[1]} = {setting.Value}\n");
        Write("config", string.Concat(lines) + "[core]\n\tbare = false\n\tfsmonitor = false\n[protocol]\n\tallow = never\n[pack]\n\tthreads = 1\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n");
    }

    public void Dispose() => StoreFiles.DeleteTree(_home);

    private static IEnumerable<string> Shared(string folder) => Directory.EnumerateFiles(folder, "sharedindex.*").Select(Path.GetFileName).OfType<string>();

    private void CopyTree(string from, string folder)
    {
        if (new DirectoryInfo(Path.Join(from, folder)) is not { Exists: true, LinkTarget: null } tree) return;
        foreach (var file in tree.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            Copy(from, Path.GetRelativePath(from, file.FullName));
    }

    private void Copy(string from, string name)
    {
        if (GitLocation.PlainFile(Path.Join(from, name)) is not { } file) return;
        var target = Path.Join(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target, overwrite: true);
    }

    private void Write(string name, string text)
    {
        var target = Path.Join(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, text);
    }

    private static IEnumerable<(string, string)> ReadStashes(string log) =>
        GitLocation.PlainFile(log) is null ? []
        : from line in File.ReadLines(log).Reverse()
          let parts = line.Split(' ', 3)
          where parts.Length == 3 && Hash().IsMatch(parts[1])
          select (parts[1], line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]);

    [GeneratedRegex("^[A-Za-z0-9]{1,20}$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("^([0-9a-f]{40}|[0-9a-f]{64})$", RegexOptions.CultureInvariant)]
    private static partial Regex Hash();
}
