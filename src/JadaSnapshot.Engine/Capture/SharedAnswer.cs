using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Documents of several resources that come in one answer, which is asked for when the first of them is wanted.</summary>
/// <param name="operation">The operation that answers.</param>
/// <param name="ask">Asks, and gives the documents by the ids of their resources.</param>
internal sealed class SharedAnswer(string operation, Func<CancellationToken, Task<IReadOnlyDictionary<string, byte[]>>> ask)
{
    private readonly Lock _lock = new();
    private Task<IReadOnlyDictionary<string, byte[]>>? _answer;

    /// <summary>Writes the document of one resource. Where the answer is refused, each resource misses its document, and each says so.</summary>
    public async Task CaptureAsync(string id, ISnapshotSink sink, string path, CancellationToken cancel)
    {
        if (!sink.Wants(path)) return;
        try
        {
            if ((await AskOnceAsync(cancel)).TryGetValue(id, out var document)) await sink.WriteAsync(path, document, cancel);
        }
        catch (ServiceException exception)
        {
            sink.Report(operation, exception);
        }
    }

    private Task<IReadOnlyDictionary<string, byte[]>> AskOnceAsync(CancellationToken cancel)
    {
        lock (_lock) return _answer ??= ask(cancel);
    }
}
