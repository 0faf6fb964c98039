using System.Collections.Concurrent;

namespace JadaSnapshot.Engine.Store;

/// <summary>
/// Takes a snapshot, or continues one that was interrupted. What it holds is whole at every moment: a file has its name only once it is
/// complete and flushed, and the folder has its name only once everything is. May be used by many threads at once.
/// </summary>
public sealed class SnapshotWriter : IAsyncDisposable
{
    private readonly SnapshotOrder _order;
    private readonly PartialFolder _folder;
    private readonly JournalHistory _history;
    private readonly Journal? _journal;
    private readonly BaseSnapshot? _base;
    private readonly ConcurrentDictionary<string, byte> _confirmed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JournalResource> _captured = new(StringComparer.Ordinal);
    private readonly Lock _clearing = new();
    private long _temporaries;

    private SnapshotWriter(SnapshotOrder order, PartialFolder folder, JournalHistory history, Journal? journal, BaseSnapshot? @base, Snapshot? finished)
    {
        (_order, _folder, _history, _journal, _base, Finished) = (order, folder, history, journal, @base, finished);
        StartedAt = history.Order?.StartedAt ?? finished?.StartedAt ?? order.Clock.GetUtcNow();
        Run = history.Runs + 1;
    }

    /// <summary>
    /// The snapshot, where an earlier run had described it in full and was ended before the folder had its name: opening has done that,
    /// and there is nothing left to capture. Null otherwise.
    /// </summary>
    public Snapshot? Finished { get; }

    /// <summary>Whether this continues an earlier run.</summary>
    public bool IsContinued => Finished is not null || _history.Order is not null;

    /// <summary>When the first run began (UTC).</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>The folder in which the snapshot is being taken.</summary>
    public string Folder => _folder.Path;

    internal int Run { get; }

    /// <summary>The name of the base, or that of the last run that had one.</summary>
    internal string? Base => _base?.Name ?? _history.Base;

    /// <summary>Begins a snapshot, or continues the one of that name that was interrupted.</summary>
    /// <exception cref="StoreException">It cannot be taken there or under that name: every fault but <see cref="StoreFault.NotASnapshot"/>.</exception>
    public static Task<SnapshotWriter> OpenAsync(SnapshotOrder order, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Task.Run(() => Open(order, cancel), cancel);
    }

    /// <summary>Whether an earlier run captured a resource in full. Asking confirms that it still exists: its files stay.</summary>
    public bool IsCaptured(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (Finished is not null) return true;
        if (!_history.Captured.ContainsKey(resource.Key)) return false;
        _confirmed[resource.Key] = 0;
        return true;
    }

    /// <summary>Notes that every file of a resource is committed, kept or reported as a problem.</summary>
    public void CompleteResource(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        JournalResource line = new(resource.Key, resource.Layer, resource.Name);
        Note(new() { Resource = line });
        _captured[resource.Key] = line;
    }

    /// <summary>Begins a file of a resource.</summary>
    /// <param name="resource">The resource that it belongs to.</param>
    /// <param name="path">Its path below the snapshot's folder, with forward slashes; made of <see cref="PathNames"/> where it holds names of others.</param>
    /// <exception cref="ArgumentException">A snapshot cannot hold such a path.</exception>
    /// <exception cref="StoreException">The disk is full.</exception>
    public StagedFile Create(Resource resource, string path)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(path);
        _ = Active;
        if (!SnapshotLayout.IsCapturable(path)) throw new ArgumentException($"A snapshot cannot hold a file at '{path}'.", nameof(path));
        try
        {
            return new(this, new(NextTemporary()), resource, path);
        }
        catch (IOException e) when (StoreException.IsDiskFull(e))
        {
            throw StoreException.DiskFull(e);
        }
    }

    /// <summary>Writes a whole file of a resource.</summary>
    /// <exception cref="ArgumentException">A snapshot cannot hold such a path.</exception>
    /// <exception cref="StoreException">The disk is full.</exception>
    public async Task WriteAsync(Resource resource, string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        using var file = Create(resource, path);
        file.Write(content.Span);
        await file.CommitAsync(record: null, modified: null, cancel).ConfigureAwait(false);
    }

    /// <summary>
    /// Keeps the file of an earlier run of this snapshot, or takes over that of the base, because what it was made of has not changed.
    /// Where neither is there as it was captured, it has to be captured.
    /// </summary>
    /// <param name="resource">The resource that it belongs to.</param>
    /// <param name="path">Its path below the snapshot's folder.</param>
    /// <param name="ifUnchanged">Decides by what is known of the file: gives what is to be noted of it now, or null where it has changed.</param>
    /// <param name="cancel">Ends the copying of a file that cannot be linked.</param>
    /// <returns>What was noted; null where there is nothing to keep.</returns>
    /// <exception cref="StoreException">The disk is full.</exception>
    public ManifestEntry? Keep(Resource resource, string path, Func<ManifestEntry, ManifestEntry?> ifUnchanged, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(ifUnchanged);
        _ = Active;
        if (FindOwn(path) is { } own && own.Resource == resource.Key && ifUnchanged(own) is { } kept)
        {
            Note(new() { File = kept });
            return kept;
        }
        return _base?.Find(path) is { } found && found.Resource == resource.Key && ifUnchanged(found) is { } taken && Take(taken, cancel) ? taken : null;
    }

    /// <summary>Reads a file of the base that belongs to the same resource, once its bytes have been held against its digest; null where it is not there as it was captured.</summary>
    internal Stream? OpenOfBase(Resource resource, string path, CancellationToken cancel) =>
        _base?.Find(path) is { } entry && entry.Resource == resource.Key ? _base.Open(entry, cancel) : null;

    /// <summary>What the snapshot holds so far. Nothing may be written at the same time.</summary>
    internal CapturedFiles Captured()
    {
        _ = Active;
        return CapturedFiles.Read(Folder, new(Run, _history, _confirmed, _captured), _order.Layers);
    }

    /// <summary>The snapshot as it is to be once it is finished, if nothing is added to what it holds.</summary>
    internal Snapshot Describe(CapturedFiles captured) => SnapshotDescription.Of(_order, this, captured.Counts, "").ToSnapshot(Path.Combine(_order.Store, _order.Name));

    /// <summary>Reads a document that the snapshot holds.</summary>
    internal byte[] Read(string document) => File.ReadAllBytes(_folder.Of(document));

    /// <summary>Notes something that could not be captured.</summary>
    /// <param name="problem">What, and why.</param>
    /// <param name="resource">The resource that it is about, where there is one: if this run is interrupted after it completed that resource, the next one takes the problem over.</param>
    public void Report(Problem problem, Resource? resource = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Note(new() { Problem = new(problem, resource?.Key) });
    }

    /// <summary>Writes the manifest and the description, and gives the folder its name. Nothing may be written at the same time or after it.</summary>
    /// <param name="failedLayers">Layers whose resources could not all be listed; one without a problem of its own gets one.</param>
    /// <param name="cancel">Heeded until the snapshot is described; the same command continues what was cancelled.</param>
    /// <exception cref="StoreException">The disk is full, or files that were captured are no longer there.</exception>
    public Task<Snapshot> FinishAsync(IReadOnlyList<string> failedLayers, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(failedLayers);
        return Finished is { } finished ? Task.FromResult(finished) : Task.Run(() => Finish(failedLayers, cancel), cancel);
    }

    /// <summary>Ends the run. What is not finished can be continued.</summary>
    public ValueTask DisposeAsync()
    {
        _journal?.Dispose();
        _base?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Place(IReadyFile file, ManifestEntry entry)
    {
        _folder.Step("file flushed");
        if (entry.Object is null) _history.Names.Claim(entry.Path);
        var target = Path.Combine(Folder, entry.Path);
        try
        {
            file.MoveTo(target);
        }
        catch (Exception e) when (_folder.WasThere && e is IOException or UnauthorizedAccessException && !StoreException.IsDiskFull(e))
        {
            lock (_clearing) ClearWay(entry.Path);
            file.MoveTo(target);
        }
        _folder.Step("file renamed");
        Note(new() { File = entry });
        _folder.Step("file noted");
    }

    private ManifestEntry? FindOwn(string path) =>
        _history.Find(path) is { } offset && Active.ReadFile(offset) is { } entry && entry.Path == path && JournalHistory.IsThere(Folder, entry) ? entry : null;

    private bool Take(ManifestEntry entry, CancellationToken cancel)
    {
        try
        {
            using var file = _base!.Take(entry, NextTemporary(), cancel);
            if (file is not null) Place(file, entry);
            return file is not null;
        }
        catch (IOException e) when (StoreException.IsDiskFull(e))
        {
            throw StoreException.DiskFull(e);
        }
    }

    private Journal Active => _journal ?? throw new InvalidOperationException("The snapshot is finished.");

    private void Note(JournalLine line) => Active.Append(line);

    private string NextTemporary() => Path.Combine(_folder.Temporary, Interlocked.Increment(ref _temporaries).ToString("x", System.Globalization.CultureInfo.InvariantCulture));

    // A folder may stand where a file is to be, or a file where a folder is: an earlier run found the estate otherwise.
    private void ClearWay(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            var folder = Path.Combine(Folder, path[..slash]);
            if (File.Exists(folder)) StoreFiles.Replace(folder, NextTemporary());
        }
        var target = Path.Combine(Folder, path);
        if (Directory.Exists(target)) Directory.Move(target, NextTemporary());
    }

    private Snapshot Finish(IReadOnlyList<string> failedLayers, CancellationToken cancel)
    {
        try
        {
            SnapshotFinisher finisher = new(_order, _folder, this, new(Run, _history, _confirmed, _captured));
            var description = finisher.Describe(failedLayers, cancel);
            Active.Dispose();
            return _folder.Publish(description);
        }
        catch (IOException e) when (StoreException.IsDiskFull(e))
        {
            throw StoreException.DiskFull(e);
        }
    }

    private static SnapshotWriter Open(SnapshotOrder order, CancellationToken cancel)
    {
        // First, so that a base that was misspelt leaves nothing behind.
        var @base = BaseSnapshot.Open(order, cancel);
        PartialFolder? folder = null;
        try
        {
            folder = PartialFolder.Open(order);
            return Open(order, folder, @base, cancel);
        }
        catch (Exception e)
        {
            @base?.Dispose();
            folder?.Dispose();
            if (StoreException.IsDiskFull(e)) throw StoreException.DiskFull(e);
            if (e is not (IOException or UnauthorizedAccessException)) throw;
            throw new StoreException(StoreFault.StoreNotWritable, $"The unfinished snapshot '{order.Name}' in the store {order.Store} cannot be written to: {e.Message}", e);
        }
    }

    private static SnapshotWriter Open(SnapshotOrder order, PartialFolder folder, BaseSnapshot? @base, CancellationToken cancel)
    {
        if (folder.WasThere && folder.TakeOver() is { } finished) return new(order, folder, new(), journal: null, @base, finished);
        var history = JournalHistory.Read(folder.Path, cancel);
        if (history.Order is { } earlier) folder.RefuseOther(earlier);
        Journal journal = new(folder.Of(SnapshotLayout.Journal), history.Length);
        SnapshotWriter writer = new(order, folder, history, journal, @base, finished: null);
        if (history.Order is null) journal.Append(new() { Order = OrderLine(order, writer.StartedAt) });
        journal.Append(new() { Run = new(writer.Run, order.Clock.GetUtcNow(), @base?.Name) });
        folder.Step("journal made");
        return writer;
    }

    private static JournalOrder OrderLine(SnapshotOrder order, DateTimeOffset startedAt) => new()
    {
        Format = Journal.Format,
        Name = order.Name,
        Account = order.Account,
        Regions = order.Regions,
        Layers = order.Layers,
        ExcludeKeys = order.ExcludeKeys,
        AllVersions = order.AllVersions,
        Includes = order.Includes.Count > 0 ? order.Includes : null,
        ExcludeBuckets = order.ExcludeBuckets.Count > 0 ? order.ExcludeBuckets : null,
        Keep = order.Keep,
        ToolVersion = order.ToolVersion,
        StartedAt = startedAt,
    };
}
