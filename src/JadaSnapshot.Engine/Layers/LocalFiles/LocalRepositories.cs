using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.LocalFiles.Git;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Why git's own store of a repository is not kept as files, and where it is kept sealed.</summary>
internal sealed record StoreLine(LocalFileReason Reason, string? Detail, string? Sealed = null);

/// <summary>The git repositories of a root: each is kept as a bundle and a document, and says which files are ignored.</summary>
internal sealed class LocalRepositories(
    LocalRoot root, string source, string folder, LocalPaths paths, LocalBytes bytes, LocalFilter filter, ISnapshotSink sink, LayerOptions options)
{
    private readonly GitProgram? _git = GitProgram.Find();
    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoreLine> _stores = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Whether a folder is git's own store of a repository that was met.</summary>
    public bool IsStore(string path) => LineOf(path) is not null;

    /// <summary>Why git's own store is not kept as files; null for any other path.</summary>
    public StoreLine? LineOf(string path)
    {
        lock (_lock) return _stores.GetValueOrDefault(path);
    }

    /// <summary>Whether a <c>.gitignore</c> names something.</summary>
    public bool Ignores(LocalFound found)
    {
        lock (_lock) return _ignored.Contains(found.Kind == LocalKind.Folder ? found.Path + "/" : found.Path);
    }

    /// <summary>Captures the repository of a folder, if it is one, before what lies in the folder is looked at.</summary>
    public async Task EnterAsync(LocalFound found, CancellationToken cancel)
    {
        var store = found.Path.Length == 0 ? ".git" : found.Path + "/.git";
        GitLocation? location = null;
        try
        {
            if (!filter.ExcludesAllOf(store)) location = GitLocation.Find(found.Info.FullName, source);
            if (location is not null || (root.UseGitIgnore && found.Path.Length == 0))
            {
                if (_git is null) throw new LocalFileException("GitMissing", "There is no git on the PATH, which it takes to keep a repository or to read .gitignore.");
                await CaptureAsync(_git, found, location, store, cancel);
            }
        }
        catch (LocalFileException exception) when (exception.Code == nameof(LocalFileReason.RepositoryElsewhere))
        {
            Note(store, new(LocalFileReason.RepositoryElsewhere, exception.Message));
            options.OnWarning?.Invoke($"The git repository '{store}' of the local root '{root.Name}' is not kept as a bundle: {exception.Message}");
        }
        catch (Exception exception) when (exception is LocalFileException or UnauthorizedAccessException or IOException and not NameClashException && !StoreException.IsDiskFull(exception))
        {
            sink.Report("git", exception, store);
            Note(store, new(LocalFileReason.Unreadable, null));
        }
    }

    private async Task CaptureAsync(GitProgram git, LocalFound found, GitLocation? location, string store, CancellationToken cancel)
    {
        using var view = location is null ? new GitView(found.Info.FullName) : new GitView(location);
        var repository = new GitRepository(git, view);
        var remotes = location is null ? [] : await repository.ConfigureAsync(location.Common, cancel);
        if (root.UseGitIgnore) Ignore(found.Path, await GitRepository.IgnoredAsync(git, view, cancel));
        if (location is null) return;

        var document = await repository.DescribeAsync(found.Path, remotes, cancel);
        var (bundle, about) = (About(found.Path, "repository.bundle"), About(found.Path, "repository.json"));
        var line = new StoreLine(LocalFileReason.Repository, bundle);
        if (!await repository.HasCommitsAsync(cancel)) (document, line) = (document with { WithoutBundle = "There is no commit." }, new(LocalFileReason.Repository, "There is no commit."));
        else if (await new GitHistory(git, view, path => filter.IsNoSecret(found.Path.Length == 0 ? path : $"{found.Path}/{path}")).FindSecretAsync(cancel) is { } secret)
        {
            document = document with { WithoutBundle = $"{secret}." };
            line = new(LocalFileReason.Secret, $"{secret}.", options.Sealers.Count > 0 ? bundle : null);
            Warn(found.Path, secret);
            if (line.Sealed is not null) await bytes.SealAsync(await repository.BundleAsync(cancel), folder + bundle, cancel);
        }
        else await bytes.TakeAsync(await repository.BundleAsync(cancel), folder + bundle, mayBeSecret: false, cancel);
        await sink.WriteAsync(folder + about, (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(document, StoreJson.Pages.RepositoryDocument), (byte)'\n'], cancel);
        // A file that says where the store is, is kept like any other.
        if (line.Reason == LocalFileReason.Secret || Directory.Exists(Path.Join(found.Info.FullName, ".git"))) Note(store, line);
    }

    private string About(string path, string file)
    {
        lock (paths) return paths.About("git", path.Length == 0 ? file : $"{path}/{file}");
    }

    private void Ignore(string path, IReadOnlyList<string> ignored)
    {
        lock (_lock)
            foreach (var each in ignored) _ignored.Add(path.Length == 0 ? each : $"{path}/{each}");
    }

    private void Note(string store, StoreLine line)
    {
        lock (_lock) _stores[store] = line;
    }

    private void Warn(string path, string secret) => options.OnWarning?.Invoke(
        $"The git repository '{(path.Length == 0 ? root.Name : path)}' of the local root '{root.Name}' is {(options.Sealers.Count > 0 ? "kept as a sealed bundle only" : "not kept as a bundle")}: {secret}. The files are kept as they are now. -NotSecret names paths that are no secrets.");
}
