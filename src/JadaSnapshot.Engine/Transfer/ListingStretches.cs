namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// Lists the rest of a bucket in stretches, several at once, and hands them out in order. Whoever has nothing to do reads on in the
/// foremost stretch that nobody reads; where there is none, it splits the foremost that can be split. So the work stays close to what is
/// handed out next, and few pages have to wait. A stretch that turns out longer than was guessed is split again.
/// </summary>
internal sealed class ListingStretches : IAsyncDisposable
{
    private const double LongestStride = 256;

    private readonly PageReader _read;
    private readonly OrderedListing _settings;
    private readonly LinkedList<ListingStretch> _stretches = new();
    private readonly CancellationTokenSource _stop;
    private readonly Task[] _readers;
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private Exception? _failure;
    private int _waiting, _pages, _inVain;
    private double _stride = 1;

    public ListingStretches(PageReader read, OrderedListing settings, ListingStretch begun, CancellationToken cancel)
    {
        (_read, _settings) = (read, settings);
        _stretches.AddFirst(begun);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _readers = [.. Enumerable.Range(0, settings.AtOnce).Select(_ => Task.Run(ReadAsync, CancellationToken.None))];
    }

    /// <summary>The next objects; null after the last.</summary>
    public async ValueTask<IReadOnlyList<ListedObject>?> NextAsync()
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_failure is not null) break;
                if (_stretches.First is not { Value: var first }) return null;
                if (first.Waiting.TryDequeue(out var objects))
                {
                    if (_waiting-- == _settings.MostWaiting || first.Waiting.Count == 0) Signal();
                    return objects;
                }
                if (first.IsListed)
                {
                    _stretches.RemoveFirst();
                    Signal();
                    continue;
                }
                changed = _changed.Task;
            }
            await changed;
        }
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        lock (_lock) Signal();
        await Task.WhenAll(_readers);
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                ListingStretch? stretch;
                Task changed;
                lock (_lock)
                {
                    if (_stretches.Count == 0 || _stop.IsCancellationRequested) return;
                    (stretch, changed) = (Choose(), _changed.Task);
                }
                if (stretch is null)
                {
                    await changed;
                    continue;
                }
                var page = await _read(stretch.Place, _stop.Token);
                lock (_lock) Accept(stretch, page);
            }
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                _failure ??= exception;
                Signal();
            }
            await _stop.CancelAsync();
        }
    }

    private ListingStretch? Choose()
    {
        // Beyond what may wait, only that is read which is handed out next.
        if (_waiting >= _settings.MostWaiting) return _stretches.First!.Value is { IsBusy: false, IsListed: false, Waiting.Count: 0 } next ? Take(next) : null;
        foreach (var stretch in _stretches)
            if (!stretch.IsBusy && !stretch.IsListed) return Take(stretch);
        // Keys that cannot be guessed are better listed one page after the other.
        if (_inVain > _settings.AtOnce + (_pages / 8)) return null;
        for (var node = _stretches.First; node is not null; node = node.Next)
            if (node.Value.Split((int)(_settings.StretchPages * _stride)) is { } rest)
            {
                _stretches.AddAfter(node, rest);
                return Take(rest);
            }
        return null;
    }

    private static ListingStretch Take(ListingStretch stretch)
    {
        stretch.IsBusy = true;
        return stretch;
    }

    private void Accept(ListingStretch stretch, ListedPage page)
    {
        stretch.IsBusy = false;
        _pages++;
        if (stretch.Accept(page) > 0) _waiting++;
        else _inVain++;
        // Keys are not spread evenly: what the guesses were worth is seen from how long the stretches came out.
        if (stretch.IsListed && stretch.Pages < _settings.StretchPages / 4) _stride = Math.Min(_stride * 1.5, LongestStride);
        else if (stretch.Pages == _settings.StretchPages * 2) _stride = Math.Max(_stride / 2, 1);
        Signal();
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
