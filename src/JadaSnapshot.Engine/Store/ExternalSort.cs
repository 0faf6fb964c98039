using System.Text.Json;

namespace JadaSnapshot.Engine.Store;

/// <summary>An entry on its way into the manifest, with its place in the journal and whether the snapshot is to hold it.</summary>
internal sealed record SortItem(ManifestEntry Entry, long Sequence, bool IsWanted);

/// <summary>Sorts entries by path, then by sequence, with no more than one run of them in memory.</summary>
internal sealed class ExternalSort(string folder, int runSize) : IDisposable
{
    private readonly List<SortItem> _items = [];
    private readonly List<string> _runs = [];

    internal void Add(SortItem item)
    {
        _items.Add(item);
        if (_items.Count >= runSize) Spill();
    }

    /// <summary>Every entry in order. Read once.</summary>
    internal IEnumerable<SortItem> Sorted()
    {
        _items.Sort(Compare);
        return _runs.Count == 0 ? _items : Merge();
    }

    public void Dispose() => _runs.ForEach(File.Delete);

    private static int Compare(SortItem x, SortItem y) =>
        Utf8Order.Instance.Compare(x.Entry.Path, y.Entry.Path) is var order and not 0 ? order : x.Sequence.CompareTo(y.Sequence);

    private void Spill()
    {
        _items.Sort(Compare);
        var path = Path.Combine(folder, $"sort-{_runs.Count}");
        _runs.Add(path);
        using var run = new BufferedStream(StoreFiles.Open(path, FileMode.Create, FileShare.None, isSealed: false), 1 << 16);
        foreach (var item in _items)
        {
            JsonSerializer.Serialize(run, item, StoreJson.Lines.SortItem);
            run.WriteByte((byte)'\n');
        }
        _items.Clear();
    }

    private IEnumerable<SortItem> Merge()
    {
        List<IEnumerator<SortItem>> sources = [.. _runs.Select(run => ReadRun(run).GetEnumerator()), _items.GetEnumerator()];
        try
        {
            PriorityQueue<IEnumerator<SortItem>, SortItem> next = new(Comparer<SortItem>.Create(Compare));
            foreach (var source in sources)
                if (source.MoveNext()) next.Enqueue(source, source.Current);
            while (next.TryPeek(out var source, out var item))
            {
                yield return item;
                if (source.MoveNext()) next.DequeueEnqueue(source, source.Current);
                else next.Dequeue();
            }
        }
        finally
        {
            sources.ForEach(source => source.Dispose());
        }
    }

    private static IEnumerable<SortItem> ReadRun(string path)
    {
        using LineReader lines = new(path);
        while (lines.Read() is { } line) yield return JsonSerializer.Deserialize(line.Span, StoreJson.Lines.SortItem)!;
    }
}
