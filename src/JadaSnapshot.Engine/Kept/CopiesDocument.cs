using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Kept;

/// <summary>The document that stands for the files of a bucket that is kept in S3: one object a line, in the order of their keys.</summary>
internal static class CopiesDocument
{
    public const string Name = "copies.jsonl";

    /// <summary>Where the copies of a bucket lie.</summary>
    public static S3Place PlaceOf(KeptInS3 kept, string bucket) => S3Place.Parse(kept.Place).Below(bucket);

    /// <summary>The name of the bucket that a document is about.</summary>
    public static string BucketOf(ManifestEntry document) => document.Resource.Split('/', 4)[^1];

    /// <summary>Reads a document line by line. Nothing in it is believed that a capture would not have written there.</summary>
    /// <param name="document">The document; disposed at the end.</param>
    /// <param name="name">What it is called, for messages.</param>
    /// <param name="place">Where the copies of its bucket lie.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: a line is none that is ever written.</exception>
    public static IEnumerable<KeptObject> Read(Stream document, string name, S3Place place)
    {
        using LineReader lines = new(document, LineReader.LongestLine);
        string? previous = null;
        for (var number = 1L; lines.Read() is { } line; number++)
        {
            var kept = JsonLine.Parse(line.Span, StoreJson.Lines.KeptObject);
            if (Fault(kept, previous, place) is { } fault) throw new StoreException(StoreFault.Damaged, $"{name}, line {number}: {fault}.");
            yield return kept!;
            previous = kept!.Key;
        }
        if (lines.IsTorn) throw new StoreException(StoreFault.Damaged, $"{name} ends within a line.");
    }

    private static string? Fault(KeptObject? kept, string? previous, S3Place place) => kept switch
    {
        null => "it is not an entry",
        { Key: "" } => "it has no key",
        { Size: < 0 } => "its size is less than nothing",
        { Copy.VersionId: "" or "null" } => "its copy is no version that stays as it is",
        _ when kept.Copy.Bucket != place.Bucket || kept.Copy.Key != place.Prefix + kept.Key => $"its copy does not lie in {place}",
        _ when previous is not null && Utf8Order.Instance.Compare(previous, kept.Key) >= 0 => $"'{kept.Key}' is out of order",
        _ => null,
    };
}
