using Microsoft.Win32.SafeHandles;

namespace JadaSnapshot.Engine.Store;

/// <summary>
/// A finished snapshot of the same account, of which a new one takes over the files that are unchanged. Nothing in it is written.
/// Its manifest is indexed at 16 bytes a slot. May be used by many threads at once.
/// </summary>
internal sealed class BaseSnapshot : IDisposable
{
    private readonly PathIndex _files = new();
    private readonly SafeFileHandle _manifest;
    private readonly BaseFiles _taken;

    private BaseSnapshot(Snapshot snapshot, Action<string> warn)
    {
        Name = snapshot.Name;
        _manifest = File.OpenHandle(Path.Combine(snapshot.Path, SnapshotLayout.Manifest), share: FileShare.ReadWrite | FileShare.Delete);
        _taken = new(snapshot, warn);
    }

    internal string Name { get; }

    /// <summary>Opens the base that an order names; null where it names none.</summary>
    /// <exception cref="StoreException">It cannot be the base of that snapshot.</exception>
    internal static BaseSnapshot? Open(SnapshotOrder order, CancellationToken cancel)
    {
        if (order.Base is not { } name) return null;
        BaseSnapshot? opened = null;
        try
        {
            // A name has no slash; what has one is a path.
            var snapshot = SnapshotReader.Read(name.AsSpan().ContainsAny('/', '\\') ? name : Path.Combine(order.Store, name));
            if (Unfitness(snapshot, order.Account) is { } words) throw Unfit(order, words);
            opened = new(snapshot, order.OnWarning ?? (_ => { }));
            opened.Index(order, snapshot.Path, cancel);
            return opened;
        }
        catch (Exception e)
        {
            opened?.Dispose();
            if (e is StoreException { Fault: not StoreFault.UnfitBase } or IOException or UnauthorizedAccessException or ArgumentException) throw Unfit(order, e.Message.TrimEnd('.'), e);
            throw;
        }
    }

    /// <summary>What the manifest says of a file.</summary>
    internal ManifestEntry? Find(string path) =>
        _files.Find(PathHash.Of(path)) is { } offset
        && LineReader.ReadAt(_manifest, offset) is { } line
        && JsonLine.Parse(line.Span, StoreJson.Lines.ManifestEntry) is { } entry
        && entry.Path == path ? entry : null;

    /// <summary>A file that <see cref="Find"/> found, under a temporary name; null where it is not there as it was captured.</summary>
    internal IReadyFile? Take(ManifestEntry entry, string temporary, CancellationToken cancel) => _taken.Take(entry, temporary, cancel);

    public void Dispose() => _manifest.Dispose();

    private void Index(SnapshotOrder order, string folder, CancellationToken cancel)
    {
        foreach (var line in ManifestLines.Read(folder))
        {
            cancel.ThrowIfCancellationRequested();
            if (line.Entry is not { } entry) throw Unfit(order, $"line {line.Number} of its manifest cannot be used: {line.Fault}");
            _files.Set(PathHash.Of(entry.Path), line.Offset);
        }
    }

    private static string? Unfitness(Snapshot snapshot, string account) => snapshot switch
    {
        { Status: SnapshotStatus.Unfinished } => "it is not finished",
        { Status: SnapshotStatus.Damaged } => $"it is damaged ({snapshot.Remark})",
        _ when snapshot.Account != account => $"it was taken of the account {snapshot.Account}, and this one is of {account}",
        _ when SnapshotReader.DigestOf(Path.Combine(snapshot.Path, SnapshotLayout.Manifest)) != snapshot.ManifestSha256 => "it is damaged (its manifest is not the one that it describes)",
        _ => null,
    };

    private static StoreException Unfit(SnapshotOrder order, string words, Exception? inner = null) =>
        new(StoreFault.UnfitBase, $"'{order.Base}' cannot be the base of '{order.Name}': {words}. Name another snapshot with -Base, or none: then everything is fetched.", inner);
}
