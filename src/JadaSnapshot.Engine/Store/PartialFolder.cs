namespace JadaSnapshot.Engine.Store;

/// <summary>Opens the folder in which a snapshot is taken: checks the name and the store, takes the lock, reads what an earlier run left.</summary>
internal sealed class PartialFolder : IDisposable
{
    private readonly SnapshotOrder _order;
    private readonly SnapshotLock _lock;

    private PartialFolder(SnapshotOrder order, string store, SnapshotLock @lock)
    {
        (_order, Store, _lock) = (order, store, @lock);
        Path = System.IO.Path.Combine(store, SnapshotLayout.PartialPrefix + order.Name);
        FinalPath = System.IO.Path.Combine(store, order.Name);
    }

    internal string Store { get; }

    internal string Path { get; }

    internal string FinalPath { get; }

    internal string Temporary => System.IO.Path.Combine(Path, SnapshotLayout.Temporary);

    /// <summary>Whether there were files in it, of whatever origin.</summary>
    internal bool WasThere { get; private set; }

    internal static PartialFolder Open(SnapshotOrder order)
    {
        if ((order.Name == LatestSnapshot.Word ? "stands for the newest one wherever a snapshot is named" : SnapshotLayout.Fault(order.Name)) is { } fault)
            throw new StoreException(StoreFault.InvalidName, $"'{order.Name}' cannot be the name of a snapshot: it {fault}.");
        var store = FullPath(order.Store);
        RefuseExisting(store, order.Name);
        MakeStore(store);
        PartialFolder folder = new(order, store, SnapshotLock.Take(store, order.Name));
        try
        {
            // The run that had the lock before may have finished the snapshot meanwhile.
            RefuseExisting(store, order.Name);
            folder.Prepare();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    internal string Of(string name) => System.IO.Path.Combine(Path, name);

    internal void Step(string name) => _order.OnStep?.Invoke(name);

    /// <summary>The snapshot that an earlier run had described in full before it was ended, if the order is the same; null otherwise.</summary>
    internal Snapshot? TakeOver()
    {
        var description = SnapshotReader.TryDescribe(Path, out _);
        if (description is null || SnapshotReader.DigestOf(Of(SnapshotLayout.Manifest)) != description.ManifestSha256)
        {
            if (!File.Exists(Of(SnapshotLayout.Journal)) && File.Exists(Of(SnapshotLayout.Description)))
                throw new StoreException(StoreFault.Damaged, $"The unfinished snapshot '{_order.Name}' is damaged and cannot be continued. Use -Restart to begin anew.");
            StoreFiles.Delete(Of(SnapshotLayout.Description));
            return null;
        }
        RefuseOtherParameters(description.ToOrder());
        return Publish(description);
    }

    internal void RefuseOther(JournalOrder earlier)
    {
        if (earlier.Format != Journal.Format)
            throw new StoreException(StoreFault.OtherOrder, $"The unfinished snapshot '{_order.Name}' was begun by another version of JadaSnapshot ({earlier.ToolVersion}). Continue it with that version, or use -Restart to begin anew.");
        RefuseOtherParameters(earlier);
    }

    /// <summary>The last steps: what only a run needs goes, and the folder gets its name.</summary>
    internal Snapshot Publish(SnapshotDescription description)
    {
        StoreFiles.DeleteTree(Temporary);
        StoreFiles.Delete(Of(SnapshotLayout.Journal));
        Step("journal removed");
        Directory.Move(Path, FinalPath);
        Step("renamed");
        _lock.Release();
        Step("lock removed");
        return description.ToSnapshot(FinalPath);
    }

    public void Dispose() => _lock.Dispose();

    private void Prepare()
    {
        if (_order.Restart) Discard();
        WasThere = Directory.Exists(Path);
        StoreFiles.MakeFolder(Path);
        Step("folder made");
        StoreFiles.DeleteTree(Temporary);
        StoreFiles.MakeFolder(Temporary);
    }

    // In this order, because a folder with a description and without a journal is one that has only to be renamed.
    private void Discard()
    {
        if (!Directory.Exists(Path)) return;
        StoreFiles.Delete(Of(SnapshotLayout.Description));
        Step("description discarded");
        StoreFiles.Delete(Of(SnapshotLayout.Journal));
        Step("journal discarded");
        StoreFiles.DeleteTree(Path);
    }

    private void RefuseOtherParameters(JournalOrder earlier)
    {
        List<string> differences = [];
        Compare("account", [earlier.Account], [_order.Account]);
        Compare("regions", earlier.Regions, _order.Regions);
        Compare("layers", earlier.Layers, _order.Layers);
        Compare("excluded keys", earlier.ExcludeKeys, _order.ExcludeKeys);
        Compare("excluded buckets", earlier.ExcludeBuckets ?? [], _order.ExcludeBuckets);
        Compare("what is kept in S3", Kept(earlier.Keep), Kept(_order.Keep));
        Compare("versions", [Which(earlier.AllVersions)], [Which(_order.AllVersions)]);
        Compare("what is included", earlier.Includes ?? [], _order.Includes);
        if (differences.Count > 0)
            throw new StoreException(StoreFault.OtherOrder, $"There is an unfinished snapshot '{_order.Name}' that was begun with other parameters: {string.Join("; ", differences)}. Use the same parameters to continue it, or -Restart to begin anew.");

        void Compare(string what, IEnumerable<string> then, IEnumerable<string> now)
        {
            if (!Sorted(then).SequenceEqual(Sorted(now))) differences.Add($"{what} then {Words(then)}, now {Words(now)}");
        }

        static IEnumerable<string> Kept(KeptInS3? keep) =>
            keep is null ? [] : [keep.Place, .. keep.Buckets, .. keep.Above is { } bytes ? [$"above {bytes} bytes"] : (string[])[], .. keep.AboveCount is { } count ? [$"above {count} objects"] : (string[])[]];

        static string Which(bool all) => all ? "all" : "current";

        static IEnumerable<string> Sorted(IEnumerable<string> values) => values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        static string Words(IEnumerable<string> values) => string.Join(", ", Sorted(values)) is { Length: > 0 } words ? words : "none";
    }

    private static void RefuseExisting(string store, string name)
    {
        var path = System.IO.Path.Combine(store, name);
        if (File.Exists(path)) throw new StoreException(StoreFault.SnapshotExists, $"There is a file named '{name}' in the store {store}. Choose another name.");
        if (!Directory.Exists(path)) return;
        string what;
        try
        {
            what = $"a snapshot named '{name}' ({SnapshotReader.Read(path).Status})";
        }
        catch (StoreException)
        {
            what = $"a folder named '{name}' that is not a snapshot";
        }
        throw new StoreException(StoreFault.SnapshotExists, $"There is {what} in the store {store}. Snapshots are never overwritten: choose another name.");
    }

    private static string FullPath(string store)
    {
        try
        {
            return System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(store));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IOException)
        {
            throw new StoreException(StoreFault.StoreNotWritable, $"'{store}' is not a path that a store can have: {e.Message}", e);
        }
    }

    private static void MakeStore(string store)
    {
        if (File.Exists(store)) throw new StoreException(StoreFault.StoreNotWritable, $"The store {store} is a file. Name a folder.");
        try
        {
            StoreFiles.MakeFolder(store);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.NotWritable(store, "made", e);
        }
    }
}
