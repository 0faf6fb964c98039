using System.Text;
using JadaSnapshot.Engine.Secrets;

namespace JadaSnapshot.Engine.Layers.LocalFiles.Git;

/// <summary>Asks git about a repository.</summary>
internal sealed class GitRepository(GitProgram git, GitView view)
{
    private const string Withheld = "jada:withheld";

    /// <summary>The files and folders below the working tree that are ignored; folders end in a slash.</summary>
    public static async Task<IReadOnlyList<string>> IgnoredAsync(GitProgram git, GitView view, CancellationToken cancel)
    {
        List<string> arguments = ["ls-files", "--others", "--ignored", "--directory", "-z", "--exclude-per-directory=.gitignore"];
        var exclude = Path.Join(view.Folder, "info", "exclude");
        if (File.Exists(exclude)) arguments.Add($"--exclude-from={exclude}");
        return Texts(await git.RunAsync(view, cancel, [.. arguments]));
    }

    /// <summary>Takes the repository's own settings over, as far as they are harmless, and gives its remotes.</summary>
    /// <exception cref="LocalFileException">Its configuration cannot be read.</exception>
    public async Task<IReadOnlyList<GitRemote>> ConfigureAsync(string folder, CancellationToken cancel)
    {
        if (GitLocation.PlainFile(Path.Join(folder, "config")) is not { } file) return [];
        List<(string Name, string Value)> settings =
        [
            .. Texts(await git.RunAsync(view, cancel, "config", "--file", file, "--no-includes", "--null", "--list"))
                .Select(text => text.Split('\n', 2)).Select(parts => (parts[0], parts.Length > 1 ? parts[1] : "true")),
        ];
        view.Configure(settings);
        return
        [
            .. from setting in settings
               where setting.Name.StartsWith("remote.", StringComparison.Ordinal) && setting.Name.LastIndexOf('.') > "remote.".Length
               group setting by setting.Name["remote.".Length..setting.Name.LastIndexOf('.')] into remote
               orderby remote.Key
               select new GitRemote(WithoutSecrets(remote.Key), Url(remote, ".url"), Url(remote, ".pushurl")),
        ];

        static string? Url(IEnumerable<(string Name, string Value)> settings, string name) =>
            settings.FirstOrDefault(setting => setting.Name.EndsWith(name, StringComparison.Ordinal)).Value is { } url ? WithoutCredentials(url) : null;
    }

    /// <summary>What the repository says of itself.</summary>
    public async Task<RepositoryDocument> DescribeAsync(string path, IReadOnlyList<GitRemote> remotes, CancellationToken cancel)
    {
        var head = (await File.ReadAllTextAsync(Path.Join(view.Folder, "HEAD"), cancel)).Trim();
        var shallow = Path.Join(view.Folder, "shallow");
        return new()
        {
            Path = path,
            Head = await HeadAsync(cancel),
            Branch = head.StartsWith("ref: refs/heads/", StringComparison.Ordinal) ? WithoutSecrets(head["ref: refs/heads/".Length..]) : null,
            Shallow = File.Exists(shallow) ? await File.ReadAllLinesAsync(shallow, cancel) : null,
            Remotes = remotes,
            Uncommitted = [.. Changes(Texts(await git.RunAsync(view, cancel, "status", "--porcelain=v1", "-z", "--ignore-submodules=all", "--untracked-files=normal")))],
            Stashes = [.. view.Stashes.Select((stash, index) => new GitStash($"{GitView.StashRefs}{index}", stash.Commit, WithoutSecrets(stash.Message)))],
        };
    }

    /// <summary>Whether there is a commit at all.</summary>
    public async Task<bool> HasCommitsAsync(CancellationToken cancel) =>
        (await git.RunAsync(view, cancel, "for-each-ref", "--count=1", "--format=%(objectname)")).Length > 0 || await HeadAsync(cancel) is not null;

    /// <summary>Makes a bundle of everything that refs lead to, and has git check it.</summary>
    /// <returns>Where it lies, until the view is disposed.</returns>
    public async Task<string> BundleAsync(CancellationToken cancel)
    {
        var bundle = Path.Join(view.Home, "repository.bundle");
        await git.RunAsync(view, cancel, "bundle", "create", "--quiet", bundle, "--all");
        await git.RunAsync(view, cancel, "bundle", "verify", "--quiet", bundle);
        return bundle;
    }

    /// <summary>An address without what only its owner may know.</summary>
    internal static string WithoutCredentials(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        // "ext::" and the like are command lines.
        if (scheme < 0) return url.IndexOf("::", StringComparison.Ordinal) is >= 0 and var helper ? url[..helper] + "::" + Withheld : WithoutSecrets(url);
        var rest = url[(scheme + 3)..].Split(['?', '#'], 2)[0];
        var host = rest.LastIndexOf('@', rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? slash : Math.Max(rest.Length - 1, 0)) + 1;
        var user = url.StartsWith("ssh://", StringComparison.OrdinalIgnoreCase) && host > 0 ? rest[..(host - 1)].Split(':')[0] + "@" : "";
        return WithoutSecrets(url[..(scheme + 3)] + user + rest[host..]);
    }

    private static string WithoutSecrets(string text) => SecretScan.Find(text) is null ? text : Withheld;

    private async Task<string?> HeadAsync(CancellationToken cancel)
    {
        try
        {
            return Encoding.ASCII.GetString(await git.RunAsync(view, cancel, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")).Trim();
        }
        catch (LocalFileException)
        {
            return null;
        }
    }

    private static IEnumerable<GitChange> Changes(string[] texts)
    {
        for (var index = 0; index < texts.Length; index++)
        {
            var (state, path) = (texts[index][..2], texts[index][3..]);
            yield return new(state, path, state.AsSpan().ContainsAny('R', 'C') && index + 1 < texts.Length ? texts[++index] : null);
        }
    }

    private static string[] Texts(byte[] output) => Encoding.UTF8.GetString(output).Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
