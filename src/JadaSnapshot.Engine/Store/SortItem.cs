namespace JadaSnapshot.Engine.Store;

/// <summary>An entry on its way into the manifest, with its place in the journal and whether the snapshot is to hold it.</summary>
internal sealed record SortItem(ManifestEntry Entry, long Sequence, bool IsWanted)
{
    /// <summary>By path, then by place in the journal.</summary>
    internal static int Compare(SortItem x, SortItem y) =>
        Utf8Order.Instance.Compare(x.Entry.Path, y.Entry.Path) is var order and not 0 ? order : x.Sequence.CompareTo(y.Sequence);
}
