namespace JadaSnapshot.Engine.Connections;

/// <summary>Lets calls through all at once, or one after the other where that is what is to be measured.</summary>
internal sealed class CallGate(bool oneAtATime) : IDisposable
{
    private readonly SemaphoreSlim? _turn = oneAtATime ? new(1, 1) : null;

    /// <summary>Waits for the caller's turn, which lasts until the answer is disposed.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancel)
    {
        if (_turn is not null) await _turn.WaitAsync(cancel);
        return new(_turn);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn?.Dispose();

    internal readonly struct Turn(SemaphoreSlim? turn) : IDisposable
    {
        public void Dispose() => turn?.Release();
    }
}
