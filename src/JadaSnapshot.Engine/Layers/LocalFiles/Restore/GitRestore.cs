using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Layers.LocalFiles.Git;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>
/// Makes the git repositories of a root again, beside their working files. Each is built aside, without hooks and without asking any remote, and gets its
/// name when it is whole; one that is there already keeps its history.
/// </summary>
internal sealed class GitRestore(LocalRestoreOrder order, LocalPlace place, string workshop, IReadOnlyDictionary<string, ManifestEntry> captured, IReadOnlyList<LocalItem> items)
{
    private const string About = $"{LocalPaths.Own}/git/";
    private const string Document = "repository.json";
    private const string Bundle = "repository.bundle";

    private readonly string _folder = new LocalRootView().Folder(order.Root);
    private readonly Lazy<Dictionary<string, (RepositoryDocument Document, string Folder)>> _documents = new(() => Documents(order, captured));

    /// <summary>Makes sure that what the snapshot says of the repositories can be read.</summary>
    public Task RequireAsync(CancellationToken cancel) => order.Snapshot.RequireAsync(DocumentsIn(order, captured), cancel);

    /// <summary>The folders of the repositories, below the root.</summary>
    public IEnumerable<string> Paths => _documents.Value.Keys.Order(StringComparer.Ordinal);

    /// <summary>Makes the repository of a folder; says what was there before where that is not it.</summary>
    /// <returns>Null where nothing is to be done.</returns>
    /// <exception cref="LocalFileException">git fails, or there is none.</exception>
    /// <exception cref="StoreException">The bundle is not as it was captured.</exception>
    public async Task<string?> RunAsync(string path, Action<string> note, CancellationToken cancel)
    {
        var (document, about) = _documents.Value[path];
        var store = path.Length == 0 ? ".git" : $"{path}/.git";
        var name = path.Length == 0 ? order.Root.Name : path;
        place.RequireFolders(store);
        if (items.Any(item => item.Path == store && item.Kind == LocalKind.File))
        {
            note($"{name} kept its git store elsewhere in the root: its history is in {_folder}{about}{Bundle}, for git clone.");
            return null;
        }
        if (place.KindAt(store) is not null)
        {
            if (document.Head is { } commit && !HeadOf(place.At(store)).Contains(commit, StringComparison.Ordinal))
                note($"{name} is a git repository already, and another commit is checked out than {commit}: its history is left as it is. git fetch {_folder}{about}{Bundle} 'refs/*:refs/jada/{order.Snapshot.Snapshot.Name}/*' brings the snapshot's beside it.");
            return null;
        }
        var bundle = await BundleAsync(about, cancel);
        if (bundle is null && document.WithoutBundle is { } why && document.Head is not null)
        {
            note($"The history of {name} was not kept, or is sealed and no key that opens it is here: {why}");
            return null;
        }
        if (order.PlanOnly) return "";
        var git = GitProgram.Find() ?? throw new LocalFileException("GitMissing", "There is no git on the PATH, which it takes to make a repository.");
        var home = Path.Join(workshop, Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()));
        Directory.CreateDirectory(home);
        using var view = new GitView(place.At(path), home);
        await BuildAsync(git, view, document, bundle, cancel);
        place.RequireFolders(store);
        Directory.Move(view.Folder, place.At(store));
        return "";
    }

    private static async Task BuildAsync(GitProgram git, GitView view, RepositoryDocument document, byte[]? bundle, CancellationToken cancel)
    {
        var isSha256 = document.Head?.Length == 64;
        await File.WriteAllTextAsync(Path.Join(view.Folder, "config"), $"[core]\n\trepositoryformatversion = {(isSha256 ? 1 : 0)}\n\tbare = false\n\tlogallrefupdates = true\n{(isSha256 ? "[extensions]\n\tobjectformat = sha256\n" : "")}", cancel);
        if (document.Shallow is { Count: > 0 } shallow) await File.WriteAllLinesAsync(Path.Join(view.Folder, "shallow"), shallow.Where(line => line.All(char.IsAsciiHexDigitLower)), cancel);
        if (bundle is not null)
        {
            var file = Path.Join(view.Home, Bundle);
            await File.WriteAllBytesAsync(file, bundle, cancel);
            var refs = Encoding.UTF8.GetString(await git.RunAsync(view, cancel, "bundle", "unbundle", file)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).Where(line => line.Length == 2);
            await UpdateRefsAsync(git, view, refs, cancel);
            await RestoreStashesAsync(git, view, document, cancel);
        }
        if (document.Branch is { } branch && await IsRefAsync(git, view, $"refs/heads/{branch}", cancel)) await git.RunAsync(view, cancel, "symbolic-ref", "HEAD", $"refs/heads/{branch}");
        else if (document.Head is { } head && bundle is not null) await git.RunAsync(view, cancel, "update-ref", "--no-deref", "HEAD", head);
        if (document.Head is not null && bundle is not null) await git.RunAsync(view, cancel, "read-tree", "HEAD");
        foreach (var remote in document.Remotes)
        {
            // Names and addresses that were withheld would lead nowhere.
            if (remote.Url is not { Length: > 0 } url || url[0] == '-' || (remote.Name + url).Contains("jada:", StringComparison.Ordinal)) continue;
            await git.RunAsync(view, cancel, "config", $"remote.{remote.Name}.url", url);
            await git.RunAsync(view, cancel, "config", $"remote.{remote.Name}.fetch", $"+refs/heads/*:refs/remotes/{remote.Name}/*");
            if (remote.PushUrl is { Length: > 0 } push && push[0] != '-' && !push.Contains("jada:", StringComparison.Ordinal)) await git.RunAsync(view, cancel, "config", $"remote.{remote.Name}.pushurl", push);
        }
    }

    // A bundle's own HEAD is what was checked out, which the document says too.
    private static Task UpdateRefsAsync(GitProgram git, GitView view, IEnumerable<string[]> refs, CancellationToken cancel) => git.RunAsync(view, async (input, _) =>
    {
        foreach (var line in refs.Where(line => line[1] != "HEAD" && !line[1].StartsWith(GitView.StashRefs, StringComparison.Ordinal)))
            await input.WriteAsync(Encoding.UTF8.GetBytes($"create {line[1]}\0{line[0]}\0"), cancel);
        input.Close();
    }, cancel, "update-ref", "-z", "--stdin");

    // The oldest first: the latest is found by the ref, the others by its log alone.
    private static async Task RestoreStashesAsync(GitProgram git, GitView view, RepositoryDocument document, CancellationToken cancel)
    {
        var (log, before) = (new StringBuilder(), new string('0', document.Head?.Length ?? 40));
        foreach (var stash in document.Stashes.Reverse())
        {
            if (!stash.Commit.All(char.IsAsciiHexDigitLower)) continue;
            log.Append(System.Globalization.CultureInfo.InvariantCulture, $"{before} {stash.Commit} JadaSnapshot <restored@localhost> {DateTimeOffset.UtcNow.ToUnixTimeSeconds()} +0000\t{stash.Message.ReplaceLineEndings(" ")}\n");
            before = stash.Commit;
        }
        if (log.Length == 0) return;
        await git.RunAsync(view, cancel, "update-ref", "refs/stash", before);
        Directory.CreateDirectory(Path.Join(view.Folder, "logs", "refs"));
        await File.WriteAllTextAsync(Path.Join(view.Folder, "logs", "refs", "stash"), log.ToString(), cancel);
    }

    private static async Task<bool> IsRefAsync(GitProgram git, GitView view, string name, CancellationToken cancel)
    {
        try
        {
            await git.RunAsync(view, cancel, "check-ref-format", name);
            return true;
        }
        catch (LocalFileException)
        {
            return false;
        }
    }

    // What is checked out, as far as its own files say it: nothing of it is run.
    private static string HeadOf(string store)
    {
        var head = GitLocation.PlainFile(Path.Join(store, "HEAD")) is { } file ? File.ReadAllText(file).Trim() : "";
        if (!head.StartsWith("ref: refs/", StringComparison.Ordinal) || !LocalEntries.IsInside(head["ref: ".Length..])) return head;
        var name = head["ref: ".Length..];
        if (GitLocation.PlainFile(Path.Join(store, name)) is { } loose) return File.ReadAllText(loose);
        return GitLocation.PlainFile(Path.Join(store, "packed-refs")) is { } packed ? File.ReadLines(packed).FirstOrDefault(line => line.EndsWith($" {name}", StringComparison.Ordinal)) ?? "" : "";
    }

    private async Task<byte[]?> BundleAsync(string about, CancellationToken cancel)
    {
        if (captured.TryGetValue(_folder + about + Bundle, out var entry))
        {
            return order.PlanOnly ? [] : await order.Snapshot.UseAsync(entry, async path =>
            {
                CapturedFile.RequireBytes(path, entry.Size, entry.Sha256, cancel);
                return await File.ReadAllBytesAsync(path, cancel);
            }, cancel);
        }
        foreach (var extension in SealedFile.Extensions)
            if (captured.TryGetValue(_folder + about + Bundle + extension, out var kept)) return await order.OpenAsync(kept, cancel);
        return null;
    }

    private static Dictionary<string, (RepositoryDocument, string)> Documents(LocalRestoreOrder order, IReadOnlyDictionary<string, ManifestEntry> captured)
    {
        var folder = new LocalRootView().Folder(order.Root);
        Dictionary<string, (RepositoryDocument, string)> found = new(StringComparer.Ordinal);
        foreach (var entry in DocumentsIn(order, captured))
        {
            var document = JsonSerializer.Deserialize(CapturedFile.Read(order.Snapshot, entry), StoreJson.Pages.RepositoryDocument);
            if (document is null || !LocalEntries.IsInside(document.Path)) throw CapturedFile.Damaged(order.Snapshot.Of(entry));
            found[document.Path] = (document, entry.Path[folder.Length..^Document.Length]);
        }
        return found;
    }

    private static IEnumerable<ManifestEntry> DocumentsIn(LocalRestoreOrder order, IReadOnlyDictionary<string, ManifestEntry> captured) =>
        captured.Values.Where(entry => entry.Path.StartsWith(new LocalRootView().Folder(order.Root) + About, StringComparison.Ordinal) && entry.Path.EndsWith($"/{Document}", StringComparison.Ordinal));
}
