using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Compare;

/// <summary>Makes sides of a comparison of objects from listings.</summary>
/// <param name="s3">Who is asked for more where a listing does not decide.</param>
/// <param name="places">The places for what has to be read.</param>
/// <param name="listings">Where listings come from; null where S3 lists.</param>
internal sealed class ObjectSides(S3Client s3, WorkPool places, ObjectListings? listings = null)
{
    private readonly ObjectDownload _downloads = new(s3, places);

    /// <summary>The objects of a place, by what is left of their keys below its prefix.</summary>
    /// <param name="place">The place.</param>
    /// <param name="other">What it is compared with. Where that lies within the place, as staging does in production's own bucket, it is none of it.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<SideObject> ListAsync(BucketPlace place, BucketPlace other, [EnumeratorCancellation] CancellationToken cancel)
    {
        var without = place.Holds(other) && place != other ? other.Prefix : null;
        var listing = listings is null ? null : await listings.OpenAsync(place, cancel);
        await foreach (var listed in listing?.Objects ?? s3.ListObjectsAsync(place.BucketName, cancel, place.Prefix))
            if (without is null || !listed.Key.StartsWith(without, StringComparison.Ordinal))
                yield return Of(place.BucketName, listed, listed.Key[place.Prefix.Length..], isOld: listing?.Origin.ListedAt is not null);
    }

    /// <summary>A listed object.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="listed">The object.</param>
    /// <param name="key">The key by which it is compared.</param>
    /// <param name="isOld">Whether the listing is so old that the object may well be gone (<see cref="GoneSinceException"/>).</param>
    public SideObject Of(string bucket, ListedObject listed, string key, bool isOld = false)
    {
        SideObject side = null!;
        return side = new()
        {
            Key = key,
            Size = listed.Size,
            ETag = listed.ETag,
            LastModified = listed.LastModified,
            DescribeAsync = cancel => AskAsync(() => s3.HeadAsync(bucket, listed, cancel)),
            DigestAsync = cancel => AskAsync(() => _downloads.DigestAsync(bucket, listed, cancel)),
        };

        async Task<T> AskAsync<T>(Func<Task<T>> ask)
        {
            try
            {
                return await ask();
            }
            catch (ServiceException exception) when (isOld && exception.Kind == FailureKind.NotFound)
            {
                throw new GoneSinceException(side, exception);
            }
        }
    }
}
