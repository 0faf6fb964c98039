using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Looks into buckets a page at a time, and never lists one to its end.</summary>
internal sealed class BucketLook(AwsConnection connection) : IDisposable
{
    private const int Samples = 10;

    private readonly LayerContext _context = new(connection, new(), static _ => { });

    /// <summary>The first keys of a place, a thousand at most, without its prefix.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(BucketPlace place, CancellationToken cancel) =>
        [.. (await PageAsync(place, 1000, null, cancel)).All("Contents", "Key").Select(key => ListingDocument.Unescape(key.Value)[place.Prefix.Length..]).Where(key => key.Length > 0)];

    /// <summary>The first segments of a bucket's keys that end in a slash, a thousand at most.</summary>
    public async Task<IReadOnlyList<string>> PrefixesAsync(string bucket, CancellationToken cancel) =>
        [.. (await PageAsync(new(bucket), 1000, "/", cancel)).All("CommonPrefixes", "Prefix").Select(prefix => ListingDocument.Unescape(prefix.Value))];

    /// <summary>Whether there is an object of exactly this key at a place.</summary>
    public async Task<bool> HasAsync(BucketPlace place, string key, CancellationToken cancel) =>
        (await PageAsync(place with { Prefix = place.Prefix + key }, 1, null, cancel)).All("Contents", "Key").Any(found => ListingDocument.Unescape(found.Value) == place.Prefix + key);

    /// <summary>How many of some keys of one place are keys of another as well.</summary>
    public async Task<(int Shared, int Looked)> SharedAsync(BucketPlace from, BucketPlace to, CancellationToken cancel)
    {
        var keys = await KeysAsync(from, cancel);
        string[] samples = [.. Enumerable.Range(0, Math.Min(Samples, keys.Count)).Select(sample => keys[sample * keys.Count / Math.Min(Samples, keys.Count)])];
        var there = await Task.WhenAll(samples.Select(key => HasAsync(to, key, cancel)));
        return (there.Count(isThere => isThere), samples.Length);
    }

    /// <summary>Whether a pattern matches a key of a place; null where that would take more than a page to say.</summary>
    public async Task<bool?> MatchesAsync(BucketPlace place, string pattern, CancellationToken cancel)
    {
        var fixedPart = pattern.AsSpan().IndexOfAny("*?[") is var wild and >= 0 ? pattern[..wild] : pattern;
        var page = await PageAsync(place with { Prefix = place.Prefix + fixedPart }, 1000, null, cancel);
        var patterns = KeyPatterns.Of([pattern]);
        return page.All("Contents", "Key").Any(key => patterns.Match(ListingDocument.Unescape(key.Value)[place.Prefix.Length..])) ? true
            : page.Text("IsTruncated") == "true" ? null : false;
    }

    public void Dispose() => _context.Dispose();

    private Task<XElement> PageAsync(BucketPlace place, int most, string? delimiter, CancellationToken cancel) => _context.S3.GetDocumentAsync(new()
    {
        Operation = "ListObjectsV2",
        Bucket = place.BucketName,
        Query = S3Path.Query(("list-type", "2"), ("encoding-type", "url"), ("delimiter", delimiter), ("max-keys", $"{most}"), ("prefix", place.Prefix.Length > 0 ? place.Prefix : null)),
    }, static document => document.ToXml(), cancel);
}
