using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Compare;

/// <summary>Makes sides of a comparison of objects from listings.</summary>
/// <param name="s3">Who is asked for more where a listing does not decide.</param>
/// <param name="places">The places for what has to be read.</param>
internal sealed class ObjectSides(S3Client s3, WorkPool places)
{
    private readonly ObjectDownload _downloads = new(s3, places);

    /// <summary>The objects of a place, by what is left of their keys below its prefix.</summary>
    /// <param name="place">The place.</param>
    /// <param name="other">What it is compared with. Where that lies within the place, as staging does in production's own bucket, it is none of it.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<SideObject> ListAsync(BucketPlace place, BucketPlace other, [EnumeratorCancellation] CancellationToken cancel)
    {
        var without = place.Holds(other) && place != other ? other.Prefix : null;
        await foreach (var listed in s3.ListObjectsAsync(place.BucketName, cancel, place.Prefix))
            if (without is null || !listed.Key.StartsWith(without, StringComparison.Ordinal)) yield return Of(place.BucketName, listed, listed.Key[place.Prefix.Length..]);
    }

    /// <summary>A listed object.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="listed">The object.</param>
    /// <param name="key">The key by which it is compared.</param>
    public SideObject Of(string bucket, ListedObject listed, string key) => new()
    {
        Key = key,
        Size = listed.Size,
        ETag = listed.ETag,
        LastModified = listed.LastModified,
        DescribeAsync = cancel => s3.HeadAsync(bucket, listed, cancel),
        DigestAsync = async cancel =>
        {
            using TemporaryFile file = new(Path.Combine(Path.GetTempPath(), $"jada-{Guid.NewGuid():n}"), isSealed: false);
            await _downloads.DownloadAsync(bucket, listed, file, cancel);
            return file.Sha256;
        },
    };
}
