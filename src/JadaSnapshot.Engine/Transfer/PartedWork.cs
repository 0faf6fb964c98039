namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// Work on the parts of a large object. Whoever has the object has a place in the pool and works on parts itself; others help wherever a
/// place is free that nobody waits for.
/// </summary>
/// <param name="first">The first part, counted from 0.</param>
/// <param name="count">The number behind the last part.</param>
/// <param name="mostHelpers">How many may help.</param>
/// <param name="places">The pool.</param>
/// <param name="work">What is done with a part.</param>
internal sealed class PartedWork(int first, int count, int mostHelpers, WorkPool places, Func<int, CancellationToken, Task> work)
{
    private int _next = first;
    private Exception? _failure;

    /// <summary>Does it. All work is over when this returns or throws.</summary>
    /// <exception cref="Exception">The first that any part's work threw.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        List<Task> helpers = [];
        await WorkAsync(() => Recruit(helpers, stop), stop);
        await Task.WhenAll(helpers);
        if (_failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
    }

    private void Recruit(List<Task> helpers, CancellationTokenSource stop)
    {
        helpers.RemoveAll(helper => helper.IsCompleted);
        while (helpers.Count < Math.Min(mostHelpers, count - Volatile.Read(ref _next)) && places.TryRun(() => WorkAsync(null, stop)) is { } helper)
            helpers.Add(helper);
    }

    private async Task WorkAsync(Action? beforeEach, CancellationTokenSource stop)
    {
        try
        {
            for (int part; !stop.IsCancellationRequested && (part = Interlocked.Increment(ref _next) - 1) < count;)
            {
                beforeEach?.Invoke();
                await work(part, stop.Token);
            }
            stop.Token.ThrowIfCancellationRequested();
        }
        catch (Exception exception)
        {
            if (Interlocked.CompareExchange(ref _failure, exception, null) is null) await stop.CancelAsync();
        }
    }
}
