using System.Collections.Concurrent;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>
/// Brings a local root back: folders, then files, then git repositories, then links, and last what folders are like, since all of that changes them.
/// Each file is whole before it gets its name. What the snapshot does not have stays as it is.
/// </summary>
internal sealed class LocalRestore(LocalRestoreOrder order)
{
    private const int FilesAtOnce = 8;
    private const int MostChanges = 1000;
    private const string Workshop = ".jada-restoring";

    private readonly LocalEntries _entries = new(order.Snapshot, order.Root);
    private readonly ConcurrentQueue<RestoreChange> _changes = [];
    private readonly ConcurrentQueue<string> _notes = [], _failures = [];
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private LocalPlace _place = null!;
    private long _count, _bytes, _equal;

    /// <summary>Does it, or looks what would be done.</summary>
    /// <exception cref="StoreException">What the snapshot says of the root is not as it was captured.</exception>
    /// <exception cref="LocalFileException">The destination is a link.</exception>
    public async Task<LocalRestoreResult> RunAsync(CancellationToken cancel)
    {
        var entries = order.Files.Single(file => LocalEntries.IsOf(order.Root, file));
        await order.Snapshot.RequireAsync([entries], cancel);
        CapturedFile.RequireBytes(order.Snapshot.Of(entries), entries.Size, entries.Sha256, cancel);
        List<LocalItem> items = [.. _entries.Read()];
        var isFile = items is [{ Path.Length: > 0 }, ..];
        _place = new(Path.GetFullPath(isFile ? Path.GetDirectoryName(order.Destination)! : order.Destination));
        if (new FileInfo(_place.Root).LinkTarget is not null) throw new LocalFileException("DestinationIsLink", $"{_place.Root} is a link. Give the folder where it leads to.");
        var workshop = Path.Join(_place.Root, Workshop);
        try
        {
            if (!order.PlanOnly) Open(workshop);
            await RunAsync(items, workshop, cancel);
        }
        finally
        {
            if (!order.PlanOnly) StoreFiles.DeleteTree(workshop);
        }
        foreach (var item in items.Where(item => _made.Contains(item.Path)).Reverse()) LocalPlace.Describe(_place.At(item.Path), item, isFolder: true);
        return new(_count, _bytes, _equal, [.. _changes.OrderBy(change => change.Document, StringComparer.Ordinal)], [.. _notes.Order(StringComparer.Ordinal)], [.. _failures.Order(StringComparer.Ordinal)]);
    }

    private async Task RunAsync(List<LocalItem> items, string workshop, CancellationToken cancel)
    {
        var captured = order.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var files = new LocalFileRestore(order, _place, workshop, captured);
        foreach (var item in items.Where(item => item is { Kind: LocalKind.Folder, LeftOut: null })) Try(item.Path, () => PutFolder(item));
        var wanted = items.Where(item => item.Kind == LocalKind.File && (item.LeftOut is null || item.Sealed is not null));
        await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancel }, async (item, token) =>
        {
            try
            {
                await PutFileAsync(files, item, token);
            }
            catch (Exception exception) when (IsOfOne(exception))
            {
                _failures.Enqueue($"{item.Path}: {exception.Message}");
            }
        });
        var repositories = new GitRestore(order, _place, workshop, captured, items);
        await repositories.RequireAsync(cancel);
        foreach (var path in repositories.Paths)
        {
            try
            {
                if (await repositories.RunAsync(path, _notes.Enqueue, cancel) is { } reason) Changed(path.Length == 0 ? ".git" : $"{path}/.git", "a git repository", reason);
            }
            catch (Exception exception) when (IsOfOne(exception))
            {
                _failures.Enqueue($"{(path.Length == 0 ? ".git" : $"{path}/.git")}: {exception.Message}");
            }
        }
        foreach (var item in items.Where(item => item is { Kind: LocalKind.Link, LeftOut: null, Target: not null })) Try(item.Path, () => PutLink(item));
        foreach (var item in items.Where(item => item is { LeftOut: LocalFileReason.Secret, Sealed: null, Kind: LocalKind.File } or { LeftOut: LocalFileReason.Special or LocalFileReason.Unreadable or LocalFileReason.Vanished }))
            if (_place.KindAt(item.Path) is null) _notes.Enqueue($"{item.Path} is not in the snapshot ({item.Detail ?? item.LeftOut.ToString()}).");
    }

    private void Open(string workshop)
    {
        if (!Directory.Exists(_place.Root)) Directory.CreateDirectory(_place.Root);
        if (new FileInfo(workshop).LinkTarget is not null) throw new LocalFileException("DestinationIsLink", $"{workshop} is a link.");
        // What an earlier run left that was cut off.
        StoreFiles.DeleteTree(workshop);
        StoreFiles.MakeFolder(workshop);
    }

    private void PutFolder(LocalItem item)
    {
        _place.RequireFolders(item.Path.Length == 0 ? "" : item.Path + "/");
        var isThere = _place.KindAt(item.Path) == LocalKind.Folder;
        var mode = LocalPlace.ModeOf(item);
        var isEqual = isThere && (mode is null || OperatingSystem.IsWindows() || new DirectoryInfo(_place.At(item.Path)).UnixFileMode == mode);
        if (isEqual) _equal++;
        // The root itself is made by what makes the resource.
        else if (item.Path.Length > 0 || isThere) Changed(item.Path, $"a folder{(item.Mode is null ? "" : $" ({item.Mode})")}", isThere ? "a folder with other permissions" : null);
        if (order.PlanOnly) return;
        if (!isThere) StoreFiles.MakeFolder(_place.At(item.Path));
        _made.Add(item.Path);
    }

    private async Task PutFileAsync(LocalFileRestore files, LocalItem item, CancellationToken cancel)
    {
        var (was, size, note) = await files.PutAsync(item, cancel);
        if (note is not null) _notes.Enqueue(note);
        else if (was == LocalFileRestore.Equal) Interlocked.Increment(ref _equal);
        else
        {
            Interlocked.Add(ref _bytes, size);
            Changed(item.Path, $"a file of {size} bytes{(item.Mode is null ? "" : $" ({item.Mode})")}", was);
        }
    }

    private void PutLink(LocalItem item)
    {
        var (path, kind) = (_place.At(item.Path), _place.KindAt(item.Path));
        var live = new FileInfo(path).LinkTarget;
        if (live == item.Target)
        {
            _equal++;
            return;
        }
        if (kind is not (null or LocalKind.Link or LocalKind.File)) throw new LocalFileException("InTheWay", "There is a folder where the snapshot has a link.");
        if (kind is not null && !order.MayReplace) throw new LocalFileException("InTheWay", "There is something already, which is not replaced.");
        if (!order.PlanOnly)
        {
            _place.RequireFolders(item.Path);
            if (kind is not null) File.Delete(path);
            if (Directory.Exists(Path.GetFullPath(item.Target!, Path.GetDirectoryName(path)!))) Directory.CreateSymbolicLink(path, item.Target!);
            else File.CreateSymbolicLink(path, item.Target!);
        }
        Changed(item.Path, $"a link to {item.Target}", live is null ? kind is null ? null : "a file" : $"a link to {live}");
    }

    private void Try(string path, Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (IsOfOne(exception))
        {
            _failures.Enqueue($"{(path.Length == 0 ? "." : path)}: {exception.Message}");
        }
    }

    private void Changed(string path, string wanted, string? live)
    {
        Interlocked.Increment(ref _count);
        if (_changes.Count < MostChanges) _changes.Enqueue(new() { Document = path, Path = "", Snapshot = wanted, Live = live });
    }

    // No room is no matter of one file.
    private static bool IsOfOne(Exception exception) =>
        exception is LocalFileException or UnauthorizedAccessException or StoreException { Fault: StoreFault.Damaged } || (exception is IOException && !StoreException.IsDiskFull(exception));
}
