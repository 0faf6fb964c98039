namespace JadaSnapshot.Engine.Transfer;

/// <summary>A fixed number of places for work, shared by many groups of tasks. Memory and work in flight are bounded by it.</summary>
public sealed class WorkPool(int size) : IDisposable
{
    private readonly SemaphoreSlim _places = new(size, size);

    /// <summary>Begins a group of tasks that can be waited for together.</summary>
    public WorkGroup NewGroup() => new(_places);

    /// <summary>Begins work at once if a place is free that nobody waits for; otherwise null. So whoever has a place can get help without ever waiting for it.</summary>
    public Task? TryRun(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _places.Wait(0) ? RunAsync(work) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await Task.Yield();
            await work();
        }
        finally
        {
            _places.Release();
        }
    }
}

/// <summary>The tasks of one bucket, say, in a <see cref="WorkPool"/>.</summary>
public sealed class WorkGroup
{
    private readonly SemaphoreSlim _places;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private int _pending = 1;

    internal WorkGroup(SemaphoreSlim places) => _places = places;

    /// <summary>Waits for a place and begins the work in it. The first exception of any work stops further work from being added.</summary>
    public async ValueTask AddAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        if (Volatile.Read(ref _failure) is not null) return;
        await _places.WaitAsync(cancel);
        Interlocked.Increment(ref _pending);
        _ = RunAsync(work, cancel);
    }

    /// <summary>Waits until all work of the group is over.</summary>
    /// <exception cref="Exception">The first exception that any of it threw.</exception>
    public async Task CompleteAsync()
    {
        Leave();
        await _done.Task;
        if (_failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
    }

    private async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        try
        {
            await Task.Yield();
            await work(cancel);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
        }
        finally
        {
            _places.Release();
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _pending) == 0) _done.SetResult();
    }
}
