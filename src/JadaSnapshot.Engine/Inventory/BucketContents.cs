using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>Counts the objects of a bucket, in the order in which a listing gives them.</summary>
/// <param name="listedAt">When they were listed; null for now.</param>
/// <param name="hasStorageClasses">Whether the listing tells storage classes.</param>
internal sealed class BucketContents(DateTimeOffset? listedAt = null, bool hasStorageClasses = true)
{
    private readonly Dictionary<string, Tally> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tally> _prefixes = new(StringComparer.Ordinal);
    private readonly Tally _all = new(), _others = new();
    private int _ordinaryPrefixes;

    public DateTimeOffset? ListedAt { get; } = listedAt;

    public ObjectTotals Totals => _all.Totals;

    public DateTimeOffset? Newest { get; private set; }

    public IReadOnlyDictionary<string, ObjectTotals>? StorageClasses => hasStorageClasses ? InOrder(_classes) : null;

    public IReadOnlyDictionary<string, ObjectTotals> Prefixes
    {
        get
        {
            var prefixes = InOrder(_prefixes);
            if (_others.Totals.ObjectCount > 0) prefixes.Add(BucketInventory.OtherPrefixes, _others.Totals);
            return prefixes;
        }
    }

    public IReadOnlyList<string> StagingPrefixes => [.. _prefixes.Keys.Where(NameWords.IsStagingPath).Order(StringComparer.Ordinal)];

    public void Add(ListedObject listed)
    {
        _all.Add(listed.Size);
        if (Newest is null || listed.LastModified > Newest) Newest = listed.LastModified;
        (_classes.TryGetValue(listed.StorageClass, out var tally) ? tally : _classes[listed.StorageClass] = new()).Add(listed.Size);
        OfPrefix(listed.Key.AsSpan(0, listed.Key.IndexOf('/', StringComparison.Ordinal) + 1)).Add(listed.Size);
    }

    private Tally OfPrefix(ReadOnlySpan<char> segment)
    {
        if (_prefixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out var known)) return known;
        var prefix = segment.ToString();
        if (!NameWords.IsStagingPath(prefix))
        {
            if (_ordinaryPrefixes == BucketInventory.PrefixLimit) return _others;
            _ordinaryPrefixes++;
        }
        return _prefixes[prefix] = new();
    }

    private static SortedDictionary<string, ObjectTotals> InOrder(Dictionary<string, Tally> tallies) =>
        new(tallies.ToDictionary(pair => pair.Key, pair => pair.Value.Totals), StringComparer.Ordinal);

    private sealed class Tally
    {
        private long _count, _bytes;

        public ObjectTotals Totals => new(_count, _bytes);

        public void Add(long size) => (_count, _bytes) = (_count + 1, _bytes + size);
    }
}
