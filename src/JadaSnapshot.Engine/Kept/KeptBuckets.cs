using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Kept;

/// <summary>Says which buckets are kept as copies in S3, and which are none of a snapshot's.</summary>
/// <param name="keep">What was asked for.</param>
internal sealed class KeptBuckets(KeptInS3 keep)
{
    // So many are remembered while they are counted. A larger bucket that is not too large after all is listed again.
    private const int MostRemembered = 100_000;

    private readonly KeyPatterns _names = KeyPatterns.Of(keep.Buckets);

    /// <summary>The patterns of buckets that a snapshot says nothing about: those that were left out, and the one that holds its copies.</summary>
    public static IReadOnlyList<string> NotIn(Snapshot snapshot) =>
        snapshot.KeptInS3 is { } kept ? [.. snapshot.ExcludeBuckets, S3Place.Parse(kept.Place).Bucket] : snapshot.ExcludeBuckets;

    /// <summary>Makes sure that copies stay what they are: a later one must not take the place of one that a snapshot names.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotVersioned"/>: the bucket keeps no versions.</exception>
    /// <exception cref="ServiceException">The bucket cannot be asked.</exception>
    public static async Task RequireVersionsAsync(S3Client s3, KeptInS3 keep, CancellationToken cancel)
    {
        var place = S3Place.Parse(keep.Place);
        var versioning = await s3.GetDocumentAsync(new() { Operation = "GetBucketVersioning", Bucket = place.Bucket, Query = S3Path.Query(("versioning", "")) }, document => document.ToXml().Text("Status"), cancel);
        if (versioning != "Enabled")
            throw new StoreException(StoreFault.NotVersioned, $"The bucket {place.Bucket} keeps no versions, so a later copy would replace what this snapshot names. Turn its versioning on, or name another bucket.");
    }

    /// <summary>Looks how large a bucket is, as far as it takes to decide.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="list">Lists its objects, from the beginning.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Whether it is kept; and its objects.</returns>
    public async Task<(bool IsKept, IAsyncEnumerable<ListedObject> Objects)> LookAsync(string bucket, Func<IAsyncEnumerable<ListedObject>> list, CancellationToken cancel)
    {
        if (keep is { Above: null, AboveCount: null, Buckets: [] } || _names.Match(bucket)) return (true, list());
        if (keep is { Above: null, AboveCount: null }) return (false, list());
        var (count, bytes, objects) = (0L, 0L, new List<ListedObject>());
        await foreach (var listed in list().WithCancellation(cancel))
        {
            if (++count > keep.AboveCount || (bytes += listed.Size) > keep.Above) return (true, list());
            if (count <= MostRemembered) objects.Add(listed);
        }
        return (false, count <= MostRemembered ? objects.ToAsyncEnumerable() : list());
    }
}
