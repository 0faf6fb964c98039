namespace JadaSnapshot.Engine.Store;

/// <summary>Words on items that come in the order of their keys.</summary>
internal static class SortedItems
{
    /// <summary>Of each key the item that comes last.</summary>
    public static IEnumerable<T> LastOfEachKey<T>(this IEnumerable<T> sorted, Func<T, string> keyOf) where T : class
    {
        T? last = null;
        foreach (var item in sorted)
        {
            if (last is not null && keyOf(last) != keyOf(item)) yield return last;
            last = item;
        }
        if (last is not null) yield return last;
    }
}
