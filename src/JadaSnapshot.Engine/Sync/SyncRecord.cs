using System.Text.Json;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Sync;

/// <summary>
/// What is known of the copies of one bucket: <c>record.jsonl</c> in the order of keys, and a journal of what was done since,
/// which the next run folds in. It lies beside the copies, under <c>.jada/&lt;bucket&gt;</c>. May be used by many threads at once.
/// </summary>
internal sealed class SyncRecord : IDisposable
{
    private const int SortRunSize = 50_000;

    private readonly string _folder;
    private readonly FileStream? _lock;
    private readonly Lock _appending = new();
    private FileStream? _journal;
    private long _journalLength;
    private long _temporaries;

    private SyncRecord(string destination, string bucket, bool isForReading)
    {
        var segment = PathNames.FromName(bucket);
        CopyFolder = Path.Combine(destination, segment);
        _folder = Path.Combine(destination, ".jada", segment);
        if (isForReading) return;
        StoreFiles.MakeFolder(CopyFolder);
        StoreFiles.MakeFolder(_folder);
        _lock = StoreFiles.Open(Path.Combine(_folder, "lock"), FileMode.OpenOrCreate, FileShare.None, isSealed: false);
        StoreFiles.DeleteTree(Temporary);
        StoreFiles.MakeFolder(Temporary);
    }

    /// <summary>The folder that holds the copies.</summary>
    public string CopyFolder { get; }

    private string Temporary => Path.Combine(_folder, "tmp");

    private string RecordPath => Path.Combine(_folder, "record.jsonl");

    private string JournalPath => Path.Combine(_folder, "journal.jsonl");

    /// <summary>Opens the record of a bucket's copies to look at, and changes nothing.</summary>
    public static SyncRecord Read(string destination, string bucket) => new(Path.GetFullPath(destination), bucket, isForReading: true);

    /// <summary>Opens the record of a bucket's copies, or begins one.</summary>
    /// <exception cref="StoreException">The folder cannot be written to, or another sync is at work on it.</exception>
    public static SyncRecord Open(string destination, string bucket)
    {
        SyncRecord? record = null;
        try
        {
            record = new(Path.GetFullPath(destination), bucket, isForReading: false);
            record.Fold();
            return record;
        }
        catch (IOException exception) when (record is null && File.Exists(Path.Combine(destination, ".jada", PathNames.FromName(bucket), "lock")) && !StoreException.IsDiskFull(exception))
        {
            throw new StoreException(StoreFault.InUse, $"Another sync of {bucket} to {destination} is at work.", exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            record?.Dispose();
            if (StoreException.IsDiskFull(exception)) throw StoreException.DiskFull(exception);
            throw new StoreException(StoreFault.StoreNotWritable, $"{destination} cannot be written to: {(File.Exists(destination) ? "it is a file. Name a folder." : exception.Message)}", exception);
        }
    }

    /// <summary>The copies that are known, in the order of their keys.</summary>
    public IEnumerable<ManifestEntry> Copies()
    {
        using var sort = SortJournal(_lock is null ? Path.GetTempPath() : Temporary);
        foreach (var line in Merge(Lines(RecordPath), sort.Sorted()).LastOfEachKey(line => line.Key))
            if (line.ReadCopy() is { } copy) yield return copy;
    }

    /// <summary>A file to be written under a temporary name.</summary>
    public TemporaryFile CreateFile() =>
        new(Path.Combine(Temporary, Interlocked.Increment(ref _temporaries).ToString("x", System.Globalization.CultureInfo.InvariantCulture)), isSealed: false);

    /// <summary>Notes a copy that has its final name, or with none that the copy of a key is gone.</summary>
    public void Note(string key, ManifestEntry? copy)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(new SyncLine { Key = key, Copy = copy }, StoreJson.Lines.SyncLine), (byte)'\n'];
        lock (_appending)
        {
            _journal ??= StoreFiles.Open(JournalPath, FileMode.CreateNew, FileShare.Read, isSealed: false);
            // What a full disk left of a line is written over by the next.
            RandomAccess.Write(_journal.SafeFileHandle, bytes, _journalLength);
            _journalLength += bytes.Length;
        }
    }

    /// <summary>Takes the journal into the record. Interrupted, it is done again by the next run.</summary>
    public void Fold()
    {
        _journal?.Dispose();
        (_journal, _journalLength) = (null, 0);
        if (!File.Exists(JournalPath)) return;
        using var sort = SortJournal(Temporary);
        using (LineFile record = new(Path.Combine(Temporary, "record")))
        {
            foreach (var line in Merge(Lines(RecordPath), sort.Sorted()).LastOfEachKey(line => line.Key))
                if (line.HasCopy) record.Append(line.Bytes);
            record.MoveTo(RecordPath);
        }
        File.Delete(JournalPath);
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _lock?.Dispose();
    }

    private ExternalSort<KeyedLine> SortJournal(string folder)
    {
        ExternalSort<KeyedLine> sort = new(folder, SortRunSize, KeyedLine.Compare, line => KeyedLine.Read(line)!, (stream, line) => stream.Write(line.Bytes));
        foreach (var line in Lines(JournalPath)) sort.Add(line);
        return sort;
    }

    private static IEnumerable<KeyedLine> Merge(IEnumerable<KeyedLine> record, IEnumerable<KeyedLine> journal)
    {
        using var older = record.GetEnumerator();
        using var newer = journal.GetEnumerator();
        var (hasOlder, hasNewer) = (older.MoveNext(), newer.MoveNext());
        while (hasOlder || hasNewer)
        {
            // Of one key, the record's line comes first, so that the journal's last one decides.
            if (!hasNewer || (hasOlder && KeyedLine.Compare(older.Current, newer.Current) <= 0))
            {
                yield return older.Current;
                hasOlder = older.MoveNext();
            }
            else
            {
                yield return newer.Current;
                hasNewer = newer.MoveNext();
            }
        }
    }

    /// <summary>The lines of a file, up to the first that is torn.</summary>
    private static IEnumerable<KeyedLine> Lines(string path)
    {
        if (!File.Exists(path)) yield break;
        using LineReader lines = new(path);
        while (lines.Read() is { } line && KeyedLine.Read(line.Span) is { } keyed) yield return keyed;
    }
}
