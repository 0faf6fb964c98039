using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace JadaSnapshot.Engine.Store;

/// <summary>Reads an item from its line.</summary>
internal delegate T LineParser<out T>(ReadOnlySpan<byte> line);

/// <summary>Sorts items with no more than one run of them in memory. Equal ones stay in the order in which they were added.</summary>
internal sealed class ExternalSort<T>(string folder, int runSize, Comparison<T> order, LineParser<T> parse, Action<Stream, T> write) : IDisposable
{
    private readonly Comparer<T> _order = Comparer<T>.Create(order);
    private readonly List<T> _items = [];
    private readonly List<string> _runs = [];

    internal ExternalSort(string folder, int runSize, Comparison<T> order, JsonTypeInfo<T> type)
        : this(folder, runSize, order, line => JsonSerializer.Deserialize(line, type)!, (stream, item) => JsonSerializer.Serialize(stream, item, type))
    {
    }

    internal void Add(T item)
    {
        _items.Add(item);
        if (_items.Count >= runSize) Spill();
    }

    /// <summary>Every item in order. Read once.</summary>
    internal IEnumerable<T> Sorted() => _runs.Count == 0 ? _items.Order(_order) : Merge();

    public void Dispose() => _runs.ForEach(File.Delete);

    private void Spill()
    {
        var path = Path.Combine(folder, $"jada-sort-{Guid.NewGuid():n}");
        _runs.Add(path);
        using var run = new BufferedStream(StoreFiles.Open(path, FileMode.Create, FileShare.None, isSealed: false), 1 << 16);
        foreach (var item in _items.Order(_order))
        {
            write(run, item);
            run.WriteByte((byte)'\n');
        }
        _items.Clear();
    }

    private IEnumerable<T> Merge()
    {
        List<IEnumerator<T>> sources = [.. _runs.Select(run => ReadRun(run).GetEnumerator()), _items.Order(_order).GetEnumerator()];
        try
        {
            PriorityQueue<int, (T Item, int Run)> next = new(Comparer<(T Item, int Run)>.Create(
                (x, y) => _order.Compare(x.Item, y.Item) is var compared and not 0 ? compared : x.Run.CompareTo(y.Run)));
            for (var run = 0; run < sources.Count; run++)
                if (sources[run].MoveNext()) next.Enqueue(run, (sources[run].Current, run));
            while (next.TryPeek(out var run, out var first))
            {
                yield return first.Item;
                if (sources[run].MoveNext()) next.DequeueEnqueue(run, (sources[run].Current, run));
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
        while (lines.Read() is { } line) yield return parse(line.Span);
    }
}
