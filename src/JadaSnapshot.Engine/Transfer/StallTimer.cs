namespace JadaSnapshot.Engine.Transfer;

/// <summary>Ends an attempt on which nothing has moved for a while.</summary>
internal sealed class StallTimer : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;

    public StallTimer(TimeSpan limit, CancellationToken cancel)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Moved();
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Something has arrived: the clock starts anew.</summary>
    public void Moved() => _source.CancelAfter(_limit);

    public void Dispose() => _source.Dispose();
}
