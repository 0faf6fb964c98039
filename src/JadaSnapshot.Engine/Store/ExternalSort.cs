using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace JadaSnapshot.Engine.Store;

/// <summary>Sorts items with no more than one run of them in memory.</summary>
internal sealed class ExternalSort<T>(string folder, int runSize, Comparison<T> order, JsonTypeInfo<T> type) : IDisposable
{
    private readonly List<T> _items = [];
    private readonly List<string> _runs = [];

    internal void Add(T item)
    {
        _items.Add(item);
        if (_items.Count >= runSize) Spill();
    }

    /// <summary>Every item in order. Read once.</summary>
    internal IEnumerable<T> Sorted()
    {
        _items.Sort(order);
        return _runs.Count == 0 ? _items : Merge();
    }

    public void Dispose() => _runs.ForEach(File.Delete);

    private void Spill()
    {
        _items.Sort(order);
        var path = Path.Combine(folder, $"jada-sort-{Guid.NewGuid():n}");
        _runs.Add(path);
        using var run = new BufferedStream(StoreFiles.Open(path, FileMode.Create, FileShare.None, isSealed: false), 1 << 16);
        foreach (var item in _items)
        {
            JsonSerializer.Serialize(run, item, type);
            run.WriteByte((byte)'\n');
        }
        _items.Clear();
    }

    private IEnumerable<T> Merge()
    {
        List<IEnumerator<T>> sources = [.. _runs.Select(run => ReadRun(run).GetEnumerator()), _items.GetEnumerator()];
        try
        {
            PriorityQueue<IEnumerator<T>, T> next = new(Comparer<T>.Create(order));
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

    private IEnumerable<T> ReadRun(string path)
    {
        using LineReader lines = new(path);
        while (lines.Read() is { } line) yield return JsonSerializer.Deserialize(line.Span, type)!;
    }
}
