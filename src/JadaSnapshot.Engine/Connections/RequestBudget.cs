using System.Threading.RateLimiting;

namespace JadaSnapshot.Engine.Connections;

/// <summary>So many requests a second, spaced evenly, in the order in which they were asked for.</summary>
internal sealed class RequestBudget : IDisposable
{
    private const double LongestPauseSeconds = 2;
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(10);

    private readonly TokenBucketRateLimiter _limiter;
    private readonly TimeSpan _pause;
    private long _pausedUntil;

    public RequestBudget(double requestsPerSecond)
    {
        var tokens = (int)Math.Max(1, Math.Ceiling(requestsPerSecond * ShortestPeriod.TotalSeconds));
        _pause = TimeSpan.FromSeconds(Math.Min(2 / requestsPerSecond, LongestPauseSeconds));
        _limiter = new TokenBucketRateLimiter(new()
        {
            TokenLimit = Math.Max(tokens, (int)(requestsPerSecond / 5)),
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds(tokens / requestsPerSecond),
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            QueueLimit = int.MaxValue,
        });
    }

    public async Task WaitAsync(CancellationToken cancel)
    {
        using var lease = await _limiter.AcquireAsync(1, cancel);
        while (true)
        {
            var left = Volatile.Read(ref _pausedUntil) - Environment.TickCount64;
            if (left <= 0) return;
            await Task.Delay((int)Math.Min(left, int.MaxValue), cancel);
        }
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>Somebody else draws on the same budget: lets the time of two requests go by, or two seconds.</summary>
    public void BackOff() => Volatile.Write(ref _pausedUntil, Environment.TickCount64 + (long)_pause.TotalMilliseconds);
}
