using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Copies;

/// <summary>
/// A folder in which a copy is made as a snapshot is taken: aside, each file whole before it has its name, the folder's own name last. What an
/// interrupted run left there counts once it was read and held against its digest.
/// </summary>
internal sealed class FolderTarget : ICopyTarget
{
    private const UnixFileMode Sealed = UnixFileMode.UserRead;

    private readonly SnapshotFiles _source;
    private PartialFolder? _folder;
    private SnapshotFiles? _baseFiles;
    private CopyBase? _base;
    private BaseFiles? _taken;
    private readonly PathHashSet _wanted = new();
    private readonly string _place;
    private long _temporaries;

    private FolderTarget(SnapshotFiles source, SnapshotCopyOrder order)
    {
        _source = source;
        Path = System.IO.Path.Combine(order.Destination, order.Snapshot.Name);
        IsFinished = IsThere(Path, order.Snapshot);
        _place = IsFinished ? Path : System.IO.Path.Combine(order.Destination, SnapshotLayout.PartialPrefix + order.Snapshot.Name);
    }

    public string Path { get; }

    public string? Base => _base?.Snapshot.Name;

    public bool IsFinished { get; }

    /// <summary>Opens it, and takes the lock that a capture of that name would take.</summary>
    /// <exception cref="StoreException">The store cannot be written to, or has another snapshot of that name.</exception>
    public static FolderTarget Open(SnapshotFiles source, SnapshotCopyOrder order, CancellationToken cancel)
    {
        FolderTarget target = new(source, order);
        try
        {
            if (!target.IsFinished) target.Open(order, cancel);
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    public async IAsyncEnumerable<CopyStep> PlanAsync(IAsyncEnumerable<ManifestEntry> entries, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var entry in entries.WithCancellation(cancel))
        {
            _wanted.Add(PathHash.Of(entry.Path));
            FileInfo file = new(Of(entry.Path));
            yield return new(entry, file.Exists ? new(entry.Path, file.Length, "", default, "") : null);
        }
    }

    public Task<bool> HoldsAsync(ManifestEntry entry, ListedObject? there, CancellationToken cancel)
    {
        FileInfo file = new(Of(entry.Path));
        var isRight = (file.Attributes & FileAttributes.ReparsePoint) == 0 && file.Length == entry.Size
            && (IsFinished || ((OperatingSystem.IsWindows() || file.UnixFileMode == Sealed) && FileDigest.Of(file.FullName, entry.Size, cancel).Digest == entry.Sha256));
        // A snapshot that is finished is never written to.
        return isRight || !IsFinished ? Task.FromResult(isRight) : throw CapturedFile.Damaged(file.FullName);
    }

    public bool IsInBase(ManifestEntry entry) => _base?.Has(entry) == true;

    public async Task<CopyOutcome> BringAsync(ManifestEntry entry, CancellationToken cancel)
    {
        if (_folder is null) throw CapturedFile.Damaged(Of(entry.Path));
        var temporary = System.IO.Path.Combine(_folder.Temporary, Interlocked.Increment(ref _temporaries).ToString("x", System.Globalization.CultureInfo.InvariantCulture));
        try
        {
            if (IsInBase(entry) && _taken!.Take(entry, temporary, cancel) is { } taken)
                using (taken)
                {
                    taken.MoveTo(Of(entry.Path));
                    return CopyOutcome.Taken;
                }
            using var file = await _source.FetchAsync(entry, temporary, cancel);
            file.MoveTo(Of(entry.Path));
            return CopyOutcome.Copied;
        }
        catch (IOException exception) when (StoreException.IsDiskFull(exception))
        {
            throw StoreException.DiskFull(exception);
        }
    }

    public void Publish(CancellationToken cancel)
    {
        if (_folder is null) return;
        foreach (var file in SnapshotTree.Walk(_place))
        {
            cancel.ThrowIfCancellationRequested();
            if (SnapshotDocuments.Names.Contains(file.Path) || file.Path.StartsWith(SnapshotLayout.Temporary + "/", StringComparison.Ordinal) || (!file.IsLink && _wanted.Contains(PathHash.Of(file.Path)))) continue;
            if (file.IsLink && Directory.Exists(Of(file.Path))) Directory.Delete(Of(file.Path));
            else StoreFiles.Delete(Of(file.Path));
        }
        SnapshotTree.DeleteEmptyFolders(_place);
        _folder.Publish(SnapshotReader.TryDescribe(_place, out var remark) ?? throw new StoreException(StoreFault.Damaged, $"{_place}: {remark}"));
    }

    public void Dispose()
    {
        _folder?.Dispose();
        _base?.Dispose();
        _baseFiles?.Dispose();
    }

    private void Open(SnapshotCopyOrder order, CancellationToken cancel)
    {
        if (File.Exists(Of(SnapshotLayout.Journal)))
            throw new StoreException(StoreFault.SnapshotExists, $"A snapshot '{order.Snapshot.Name}' is being taken in {order.Destination}, or its capture was interrupted. Finish it with New-JadaSnapshot, or copy to another store.");
        if (Directory.Exists(order.Destination) && CopyBase.Choose(SnapshotReader.List(order.Destination), order) is { } chosen)
        {
            _baseFiles = SnapshotFiles.OnDisk(chosen);
            (_base, _taken) = (CopyBase.Open(_baseFiles, order.OnWarning, cancel), new(chosen, order.OnWarning ?? (_ => { })));
        }
        if (!order.PlanOnly) _folder = PartialFolder.Open(new() { Store = order.Destination, Name = order.Snapshot.Name, Account = order.Snapshot.Account, ToolVersion = order.Snapshot.ToolVersion });
    }

    private static bool IsThere(string path, Snapshot snapshot)
    {
        if (!Directory.Exists(path)) return false;
        try
        {
            return SnapshotReader.Read(path).ManifestSha256 == snapshot.ManifestSha256;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private string Of(string path) => System.IO.Path.Combine(_place, path);
}
