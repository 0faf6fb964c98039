namespace JadaSnapshot.Engine.Store;

/// <summary>
/// A finished snapshot of the same account, of which a new one takes over the files that are unchanged. Nothing in it is written.
/// May be used by many threads at once.
/// </summary>
internal sealed class BaseSnapshot : IDisposable
{
    private readonly ManifestIndex _manifest;
    private readonly BaseFiles _taken;

    private readonly string _folder;
    private readonly Action<string> _warn;

    private BaseSnapshot(Snapshot snapshot, Action<string> warn, CancellationToken cancel) =>
        (Name, _folder, _warn, _manifest, _taken) = (snapshot.Name, snapshot.Path, warn, new(snapshot.Path, cancel), new(snapshot, warn));

    internal string Name { get; }

    /// <summary>Opens the base that an order names; null where it names none.</summary>
    /// <exception cref="StoreException">It cannot be the base of that snapshot.</exception>
    internal static BaseSnapshot? Open(SnapshotOrder order, CancellationToken cancel)
    {
        if (order.Base is not { } name) return null;
        try
        {
            // A name has no slash; what has one is a path.
            var snapshot = SnapshotReader.Read(name.AsSpan().ContainsAny('/', '\\') ? name : Path.Combine(order.Store, name));
            if (Unfitness(snapshot, order.Account) is { } words) throw Unfit(order, words);
            return new(snapshot, order.OnWarning ?? (_ => { }), cancel);
        }
        catch (Exception e) when (e is StoreException { Fault: not StoreFault.UnfitBase } or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unfit(order, e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>What the manifest says of a file.</summary>
    internal ManifestEntry? Find(string path) => _manifest.Find(path);

    /// <summary>A file that <see cref="Find"/> found, under a temporary name; null where it is not there as it was captured.</summary>
    internal IReadyFile? Take(ManifestEntry entry, string temporary, CancellationToken cancel) => _taken.Take(entry, temporary, cancel);

    /// <summary>Reads a file that <see cref="Find"/> found; null where it is not there as it was captured.</summary>
    internal Stream? Open(ManifestEntry entry, CancellationToken cancel)
    {
        var path = Path.Combine(_folder, entry.Path);
        try
        {
            CapturedFile.RequireBytes(path, entry.Size, entry.Sha256, cancel);
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is StoreException or IOException or UnauthorizedAccessException)
        {
            _warn($"{e.Message} It is done without.");
            return null;
        }
    }

    public void Dispose() => _manifest.Dispose();

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
