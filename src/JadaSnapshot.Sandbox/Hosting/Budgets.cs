using System.Collections.Concurrent;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>Requests a second, by service and region. Operations of one service with the same rate draw from one bucket, unless the service names another; it holds a second's worth.</summary>
internal sealed class Budgets(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Service, string Region, double Rate, string Name), TokenBucket> _buckets = new();

    public bool Grants(ISandboxService service, string region, string operation) =>
        service.RequestsPerSecond(operation) is not { } rate
        || _buckets.GetOrAdd((service.SigningName, region, rate, service.BudgetOf(operation)), static (scope, clock) => new(scope.Rate, clock), clock).Take();

    private sealed class TokenBucket(double rate, TimeProvider clock)
    {
        private readonly double _size = Math.Max(1, rate);
        private readonly Lock _lock = new();
        private double _tokens = Math.Max(1, rate);
        private long _filled = clock.GetTimestamp();

        public bool Take()
        {
            lock (_lock)
            {
                var now = clock.GetTimestamp();
                _tokens = Math.Min(_size, _tokens + clock.GetElapsedTime(_filled, now).TotalSeconds * rate);
                _filled = now;
                if (_tokens < 1) return false;
                _tokens--;
                return true;
            }
        }
    }
}
