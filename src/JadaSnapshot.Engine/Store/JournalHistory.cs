namespace JadaSnapshot.Engine.Store;

/// <summary>What the journal of an interrupted snapshot says of the runs so far.</summary>
internal sealed class JournalHistory
{
    private readonly PathIndex _files = new();
    private readonly Dictionary<string, (int Run, JournalResource Resource)> _captured = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lacking = new(StringComparer.Ordinal);

    /// <summary>What the first run was to capture; null where there is no journal, or none that begins as one.</summary>
    internal JournalOrder? Order { get; private set; }

    /// <summary>The names that files of earlier runs have.</summary>
    internal NameClaims Names { get; } = new();

    /// <summary>The number of runs so far.</summary>
    internal int Runs { get; private set; }

    /// <summary>The base of the last run that had one.</summary>
    internal string? Base { get; private set; }

    /// <summary>The length of the journal up to its last whole line.</summary>
    internal long Length { get; private set; }

    /// <summary>The resources that an earlier run captured and whose files are all there, with the number of that run.</summary>
    internal IReadOnlyDictionary<string, (int Run, JournalResource Resource)> Captured => _captured;

    /// <summary>Where the journal speaks last of a file.</summary>
    internal long? Find(string path) => _files.Find(PathHash.Of(path));

    internal static JournalHistory Read(string folder, CancellationToken cancel)
    {
        JournalHistory history = new();
        var path = Path.Combine(folder, SnapshotLayout.Journal);
        if (!File.Exists(path)) return history;
        using LineReader lines = new(path);
        while (lines.Read() is { } line)
        {
            cancel.ThrowIfCancellationRequested();
            if (JsonLine.Parse(line.Span, StoreJson.Lines.JournalLine) is not { } entry || !history.Take(entry, lines.LineStart, folder)) break;
            history.Length = lines.Position;
        }
        return history;
    }

    /// <summary>The base of the last run that had one, without a look at anything else.</summary>
    internal static string? BaseOf(string folder)
    {
        var path = Path.Combine(folder, SnapshotLayout.Journal);
        if (!SnapshotReader.IsReadable(path)) return null;
        string? found = null;
        using LineReader lines = new(path);
        while (lines.Read() is { } line)
            if (line.Span.StartsWith("{\"run\":"u8)) found = JsonLine.Parse(line.Span, StoreJson.Lines.JournalLine)?.Run?.Base ?? found;
        return found;
    }

    /// <summary>The lines of the journal of a run that is under way: each of them is whole.</summary>
    internal static IEnumerable<JournalLine> Lines(string folder)
    {
        using LineReader lines = new(Path.Combine(folder, SnapshotLayout.Journal));
        while (lines.Read() is { } line) yield return JsonLine.Parse(line.Span, StoreJson.Lines.JournalLine) ?? throw Damaged();
        if (lines.IsTorn) throw Damaged();

        static StoreException Damaged() => new(StoreFault.Damaged, "The journal was changed while the snapshot was being taken. Run the same command again: what it lost is captured again.");
    }

    private bool Take(JournalLine line, long offset, string folder)
    {
        if (Order is null) return (Order = line.Order) is { Format: Journal.Format };
        if (line.Run is { } run) Begin(run);
        else if (line.File is { } file) Take(file, offset, folder);
        else if (line.Resource is { } resource && !_lacking.Contains(resource.Key)) _captured[resource.Key] = (Runs, resource);
        return true;
    }

    // A resource that a run wrote to again is not captured until that run says so, and never without each of its files.
    private void Take(ManifestEntry file, long offset, string folder)
    {
        _files.Set(PathHash.Of(file.Path), offset);
        if (file.Object is null) Names.TryClaim(file.Path);
        if (_captured.TryGetValue(file.Resource, out var captured) && captured.Run != Runs) _captured.Remove(file.Resource);
        if (IsThere(folder, file)) return;
        _captured.Remove(file.Resource);
        _lacking.Add(file.Resource);
    }

    private void Begin(JournalRun run)
    {
        Runs = run.Number;
        Base = run.Base ?? Base;
        _lacking.Clear();
    }

    internal static bool IsThere(string folder, ManifestEntry entry) =>
        SnapshotLayout.IsCapturable(entry.Path)
        && new FileInfo(Path.Combine(folder, entry.Path)) is { Exists: true } file
        && file.Length == entry.Size && (file.Attributes & FileAttributes.ReparsePoint) == 0;
}

/// <summary>Offsets by the digest of a path, at 16 bytes a slot and at most three quarters full. The last one set counts.</summary>
internal sealed class PathIndex
{
    private (ulong Hash, long Offset)[] _slots = new (ulong, long)[1024];
    private int _count;

    internal long? Find(ulong hash) => _slots[Slot(hash |= hash == 0 ? 1u : 0)] is var found && found.Hash == hash ? found.Offset : null;

    internal void Set(ulong hash, long offset)
    {
        hash |= hash == 0 ? 1u : 0;
        var slot = Slot(hash);
        if (_slots[slot].Hash == 0) _count++;
        _slots[slot] = (hash, offset);
        if (_count * 4L <= _slots.Length * 3L) return;
        var before = _slots;
        _slots = new (ulong, long)[before.Length * 2];
        foreach (var entry in before)
            if (entry.Hash != 0) _slots[Slot(entry.Hash)] = entry;
    }

    private int Slot(ulong hash)
    {
        var slot = (int)hash & _slots.Length - 1;
        while (_slots[slot].Hash != 0 && _slots[slot].Hash != hash) slot = slot + 1 & _slots.Length - 1;
        return slot;
    }
}
