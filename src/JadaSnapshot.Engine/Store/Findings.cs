namespace JadaSnapshot.Engine.Store;

/// <summary>Collects findings from many threads and keeps the first ones in order of path.</summary>
internal sealed class Findings
{
    private const int Kept = 1000;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<VerificationFinding, string> _last = new(Comparer<string>.Create((x, y) => Utf8Order.Instance.Compare(y, x)));

    internal long Count { get; private set; }

    internal void Add(FindingKind kind, string path, string message, string? layer = null)
    {
        VerificationFinding finding = new() { Path = path, Kind = kind, Message = message, Layer = layer };
        lock (_lock)
        {
            Count++;
            if (_last.Count < Kept) _last.Enqueue(finding, path);
            else _last.EnqueueDequeue(finding, path);
        }
    }

    internal IReadOnlyList<VerificationFinding> ToList() => [.. _last.UnorderedItems.Select(item => item.Element).OrderBy(finding => finding.Path, Utf8Order.Instance)];
}
