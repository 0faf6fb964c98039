using System.Collections.Concurrent;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>Which bucket logs to which, each asked once, whether for itself or to know what logs to another.</summary>
internal sealed class LogTargets
{
    private const string Operation = "GetBucketLogging";

    private readonly InventoryCalls _calls;
    private readonly IReadOnlySet<string> _wanted;
    private readonly Action<string, Exception> _report;
    private readonly ConcurrentDictionary<string, Lazy<Task<LogTarget?>>> _targets = new(StringComparer.Ordinal);
    private readonly Lazy<Task<ILookup<string, string>>> _sources;
    private int _failedOthers;

    /// <param name="calls">The calls.</param>
    /// <param name="account">All buckets of the account.</param>
    /// <param name="wanted">Those that the inventory is about: each failure of theirs is reported, of the others' only the first.</param>
    /// <param name="report">Is told what could not be read, by the bucket's name.</param>
    public LogTargets(InventoryCalls calls, IReadOnlyList<string> account, IReadOnlySet<string> wanted, Action<string, Exception> report)
    {
        (_calls, _wanted, _report) = (calls, wanted, report);
        _sources = new(() => FindSourcesAsync(account));
    }

    /// <summary>Where a bucket logs to; null where that cannot be read.</summary>
    public Task<LogTarget?> OfAsync(string bucket) => _targets.GetOrAdd(bucket, name => new(() => ReadAsync(name))).Value;

    /// <summary>The buckets that log to another, by that other.</summary>
    public Task<ILookup<string, string>> SourcesAsync() => _sources.Value;

    private async Task<LogTarget?> ReadAsync(string bucket)
    {
        try
        {
            return BucketDocuments.LogTarget(await _calls.ReadAsync(bucket, Operation));
        }
        catch (Exception exception) when (DetailFailure.IsOne(exception))
        {
            if (_wanted.Contains(bucket) || Interlocked.Exchange(ref _failedOthers, 1) == 0) _report(bucket, exception);
            return null;
        }
        catch (ServiceException exception) when (DetailFailure.IsGone(exception) && !_wanted.Contains(bucket))
        {
            return null;
        }
    }

    private async Task<ILookup<string, string>> FindSourcesAsync(IReadOnlyList<string> account)
    {
        List<(string Name, Task<LogTarget?> Target)> reading = [.. account.Select(name => (name, OfAsync(name)))];
        List<(string Target, string Source)> found = [];
        foreach (var (name, target) in reading)
            if (await OrNothing(target) is { Bucket.Length: > 0 } to && to.Bucket != name) found.Add((to.Bucket, name));
        return found.ToLookup(pair => pair.Target, pair => pair.Source, StringComparer.Ordinal);
    }

    private static async Task<LogTarget?> OrNothing(Task<LogTarget?> target)
    {
        try
        {
            return await target;
        }
        catch (ServiceException exception) when (DetailFailure.IsGone(exception))
        {
            return null;
        }
    }
}
