namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Finds places among the sorted keys of a bucket.</summary>
internal static class KeyCursor
{
    /// <summary>The first key that a listing of a prefix shows after a place.</summary>
    public static int Start(Bucket bucket, string prefix, ListingToken after)
    {
        var first = prefix.Length == 0 ? 0 : First(bucket, 0, key => Utf8Order.Instance.Compare(key, prefix) >= 0);
        if (after.Name.Length == 0) return first;
        return Math.Max(first, after.IsPrefix ? AfterPrefix(bucket, 0, after.Name) : First(bucket, 0, key => Utf8Order.Instance.Compare(key, after.Name) > 0));
    }

    /// <summary>The first key beyond all that start with a prefix.</summary>
    public static int AfterPrefix(Bucket bucket, int from, string prefix) =>
        First(bucket, from, key => Utf8Order.Instance.Compare(key, prefix) > 0 && !key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>What a key is folded to by a delimiter, or null.</summary>
    public static string? CommonPrefix(string key, string prefix, string? delimiter)
    {
        if (delimiter is null) return null;
        var at = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + delimiter.Length)];
    }

    private static int First(Bucket bucket, int low, Func<string, bool> reached)
    {
        var high = bucket.KeyCount;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (reached(bucket.KeyAt(middle))) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
