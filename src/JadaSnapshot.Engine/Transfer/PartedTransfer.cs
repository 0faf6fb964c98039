namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// Reads the parts of a large object behind the first, several at once, into their places in the file. Parts are hashed in order, as soon
/// as all before them have arrived, by whoever brought the one that was missing.
/// </summary>
internal sealed class PartedTransfer(S3Client s3, S3Call whole, ObjectRecord known, long size, IReceivedFile file, BytesSeen seen, PartRule rule, WorkPool places)
{
    private readonly bool[] _arrived = new bool[(size + rule.Size - 1) / rule.Size];
    private readonly Lock _lock = new();
    private int _hashed = 1;
    private bool _isHashing;

    /// <summary>Reads them. All work is over when this returns or throws.</summary>
    public Task RunAsync(CancellationToken cancel) => new PartedWork(1, _arrived.Length, rule.MostHelpers, places, async (part, token) =>
    {
        await FetchAsync(part, token);
        Hash(part);
    }).RunAsync(cancel);

    private Task<bool> FetchAsync(int part, CancellationToken cancel)
    {
        var (at, end) = (part * rule.Size, EndOf(part));
        var start = at;
        var call = whole with
        {
            Stretch = $"bytes={start}-{end - 1}",
            Progress = () => at - start,
            Headers = () => [new("range", $"bytes={at}-{end - 1}"), new("if-match", $"\"{known.ETag}\"")],
        };
        return s3.CallAsync(call, async (response, timer, token) =>
        {
            ObjectBody.RequireStretch(response, known.ETag, at, end, size);
            await ObjectBody.ReadAsync(response, end - at, bytes =>
            {
                file.WriteAhead(at, bytes);
                at += bytes.Length;
            }, timer, token);
            return true;
        }, cancel);
    }

    private void Hash(int part)
    {
        lock (_lock)
        {
            _arrived[part] = true;
            if (_isHashing) return;
            _isHashing = true;
        }
        while (NextToHash() is { } next) file.TakeIn(EndOf(next) - next * rule.Size, seen);
    }

    private int? NextToHash()
    {
        lock (_lock)
        {
            if (_hashed < _arrived.Length && _arrived[_hashed]) return _hashed++;
            _isHashing = false;
            return null;
        }
    }

    private long EndOf(int part) => Math.Min(size, (part + 1) * rule.Size);
}
