namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Part of a list; <see cref="Marker"/> is where the next part goes on, null at the end.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Marker);

internal static class Paging
{
    /// <summary>The items after a marker, the marker being the key of the last item of the page before. The order is that of the keys.</summary>
    public static Page<T> After<T>(this IEnumerable<T> items, string? marker, int size, Func<T, string> key)
    {
        List<T> page = [.. items.OrderBy(key, StringComparer.Ordinal)
            .Where(item => string.IsNullOrEmpty(marker) || string.CompareOrdinal(key(item), marker) > 0)
            .Take(size + 1)];
        if (page.Count <= size) return new(page, null);
        page.RemoveAt(size);
        return new(page, key(page[^1]));
    }

    /// <summary>The items from a marker on, the marker being the key of the page's first item. The order is that of the keys.</summary>
    public static Page<T> From<T>(this IEnumerable<T> items, string? marker, int size, Func<T, string> key)
    {
        List<T> page = [.. items.OrderBy(key, StringComparer.Ordinal)
            .Where(item => string.IsNullOrEmpty(marker) || string.CompareOrdinal(key(item), marker) >= 0)
            .Take(size + 1)];
        if (page.Count <= size) return new(page, null);
        var next = key(page[size]);
        page.RemoveAt(size);
        return new(page, next);
    }
}
