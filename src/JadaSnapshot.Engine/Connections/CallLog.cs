using System.Collections.Concurrent;

namespace JadaSnapshot.Engine.Connections;

/// <summary>How often an operation was called, and what that took.</summary>
/// <param name="Service">The service's signing name: <c>lambda</c>.</param>
/// <param name="Operation">The operation: <c>GetFunction</c>.</param>
/// <param name="Region">The region that was called.</param>
/// <param name="Calls">How many calls were made; repetitions of a call do not count.</param>
/// <param name="Retries">How often a call had to be repeated.</param>
/// <param name="Duration">The time that the calls took one after the other, without the waits for budgets and before repetitions.</param>
public sealed record CallCount(string Service, string Operation, string Region, long Calls, long Retries, TimeSpan Duration);

/// <summary>A call that was made more than once.</summary>
/// <param name="Key">Service, operation, region, and what was asked.</param>
/// <param name="Times">How often.</param>
public sealed record RepeatedCall(string Key, long Times);

/// <summary>Counts the calls of a connection. Safe to use from many threads at once.</summary>
public sealed class CallLog
{
    private readonly ConcurrentDictionary<(string Service, string Operation, string Region), Tally> _tallies = new();
    private readonly ConcurrentDictionary<string, long> _keys = new(StringComparer.Ordinal);
    private int _keyLimit;

    /// <summary>Whether what each call asked for is remembered.</summary>
    public bool RemembersKeys => Volatile.Read(ref _keyLimit) > 0;

    /// <summary>Whether more different calls were made than were to be remembered: then <see cref="Repeated"/> may miss some.</summary>
    public bool KeysOverflowed { get; private set; }

    /// <summary>How many calls were made so far; repetitions of a call do not count.</summary>
    public long Total => _tallies.Values.Sum(tally => tally.Calls);

    /// <summary>Every operation that was called so far.</summary>
    public IReadOnlyList<CallCount> Counts =>
        [.. _tallies.Select(t => t.Value.Count(t.Key)).OrderBy(c => c.Service, StringComparer.Ordinal).ThenBy(c => c.Operation, StringComparer.Ordinal).ThenBy(c => c.Region, StringComparer.Ordinal)];

    /// <summary>Calls with the same question that were made more than once; needs <see cref="RememberKeys"/>.</summary>
    public IReadOnlyList<RepeatedCall> Repeated =>
        [.. _keys.Where(k => k.Value > 1).OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => new RepeatedCall(k.Key, k.Value))];

    /// <summary>From now on remembers what each call asked for, of at most <paramref name="limit"/> different calls.</summary>
    public void RememberKeys(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        Volatile.Write(ref _keyLimit, limit);
    }

    /// <summary>Notes a call.</summary>
    /// <param name="service">The service's signing name.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="region">The region that was called.</param>
    /// <param name="duration">What its attempts took.</param>
    /// <param name="attempts">How many attempts it took; 1 where nothing had to be repeated.</param>
    /// <param name="key">What was asked, for <see cref="Repeated"/>; null leaves it out.</param>
    public void Record(string service, string operation, string region, TimeSpan duration, int attempts = 1, string? key = null)
    {
        _tallies.GetOrAdd((service, operation, region), static _ => new Tally()).Add(duration, attempts);
        if (key is not null && RemembersKeys) Remember($"{service} {operation} {region} {key}");
    }

    private void Remember(string key)
    {
        if (_keys.Count < _keyLimit || _keys.ContainsKey(key)) _keys.AddOrUpdate(key, 1, static (_, times) => times + 1);
        else KeysOverflowed = true;
    }

    private sealed class Tally
    {
        private long _calls, _retries, _ticks;

        public long Calls => Interlocked.Read(ref _calls);

        public void Add(TimeSpan duration, int attempts)
        {
            Interlocked.Increment(ref _calls);
            Interlocked.Add(ref _retries, attempts - 1);
            Interlocked.Add(ref _ticks, duration.Ticks);
        }

        public CallCount Count((string Service, string Operation, string Region) of) =>
            new(of.Service, of.Operation, of.Region, Calls, Interlocked.Read(ref _retries), TimeSpan.FromTicks(Interlocked.Read(ref _ticks)));
    }
}
