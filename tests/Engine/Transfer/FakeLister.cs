using System.Diagnostics;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Tests.Transfer;

/// <summary>A bucket's keys, listed as S3 lists them, a page at a time.</summary>
internal sealed class FakeLister(IEnumerable<string> keys, int pageSize, TimeSpan latency = default)
{
    private readonly string[] _keys = [.. keys.Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)];
    private int _pages, _now, _most;
    private long _asked;

    public IReadOnlyList<string> Keys => _keys;

    public int Pages => _pages;

    public int MostAtOnce => _most;

    /// <summary>How long pages were waited for, one after the other.</summary>
    public TimeSpan Asked => new(Interlocked.Read(ref _asked));

    public async Task<ListedPage> ReadAsync(ListingPlace from, CancellationToken cancel)
    {
        Interlocked.Increment(ref _pages);
        var now = Interlocked.Increment(ref _now);
        if (now > _most) _most = now;
        var started = Stopwatch.GetTimestamp();
        if (latency > TimeSpan.Zero) await Task.Delay(latency, cancel);
        else await Task.Yield();
        Interlocked.Add(ref _asked, Stopwatch.GetElapsedTime(started).Ticks);
        Interlocked.Decrement(ref _now);
        var after = from.Continuation ?? from.After;
        var at = after is null ? 0 : Array.BinarySearch(_keys, after, Utf8Order.Instance) is var found && found >= 0 ? found + 1 : ~found;
        List<ListedObject> page = [.. _keys.Skip(at).Take(pageSize).Select(key => new ListedObject(key, 0, "", default, "STANDARD"))];
        return new(page, at + page.Count < _keys.Length ? page[^1].Key : null);
    }
}
