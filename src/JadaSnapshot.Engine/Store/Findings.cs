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

    internal void AddMissing(ManifestEntry entry) => Add(FindingKind.Missing, entry.Path, "The manifest names it and it is not there.", entry.Layer);

    internal void AddExtra(string path) => Add(FindingKind.Extra, path, "It is there and the manifest does not name it.");

    internal void AddOtherLength(ManifestEntry entry, long length) => Add(FindingKind.Changed, entry.Path, $"It has {length} bytes; it was captured with {entry.Size}.", entry.Layer);

    internal void AddOtherBytes(ManifestEntry entry, string? digest) =>
        Add(FindingKind.Changed, entry.Path, $"Its bytes are not those that were captured: SHA-256 {digest?[..12]}…, not {entry.Sha256[..12]}…", entry.Layer);

    /// <summary>What they say of a snapshot that is finished.</summary>
    internal SnapshotVerification Conclude(SnapshotVerification outcome, Snapshot snapshot, long files, long bytes, long copies = 0, string? unseen = null) => outcome with
    {
        Result = Count > 0 ? VerificationResult.Damaged
            : unseen is not null ? VerificationResult.Unproven
            : snapshot.Status == SnapshotStatus.Incomplete ? VerificationResult.Incomplete
            : VerificationResult.Whole,
        FilesChecked = files,
        BytesChecked = bytes,
        CopiesChecked = copies,
        CopiesUnseen = unseen,
        Findings = ToList(),
        FindingCount = Count,
    };

    internal IReadOnlyList<VerificationFinding> ToList() => [.. _last.UnorderedItems.Select(item => item.Element).OrderBy(finding => finding.Path, Utf8Order.Instance)];
}
