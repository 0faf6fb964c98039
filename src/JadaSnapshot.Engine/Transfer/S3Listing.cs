using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>An object as a listing shows it.</summary>
/// <param name="Key">The exact key.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ETag">The ETag, without the quotes.</param>
/// <param name="LastModified">When it was written (UTC).</param>
/// <param name="StorageClass">Its storage class.</param>
/// <param name="VersionId">Its version, where the listing is one of versions; null for the current one.</param>
internal sealed record ListedObject(string Key, long Size, string ETag, DateTimeOffset LastModified, string StorageClass, string? VersionId = null);

/// <summary>A bucket as a listing shows it.</summary>
internal readonly record struct ListedBucket(string Name, string Region, DateTimeOffset? CreatedAt);

/// <summary>Reads S3's listings.</summary>
internal static class S3Listing
{
    /// <summary>All buckets of the account, with their regions.</summary>
    public static async IAsyncEnumerable<ListedBucket> ListBucketsAsync(this S3Client s3, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? continuation = null;
        do
        {
            S3Call call = new() { Operation = "ListBuckets", Query = S3Path.Query(("max-buckets", "1000"), ("continuation-token", continuation)) };
            (var buckets, continuation) = await s3.GetDocumentAsync(call, page => ListingDocument.ReadBuckets(page, s3), cancel);
            foreach (var bucket in buckets)
            {
                s3.Learn(bucket.Name, bucket.Region);
                yield return bucket;
            }
        }
        while (continuation is not null);
    }

    /// <summary>All current objects of a bucket, in the binary order of their keys. Of a large bucket several stretches are listed at once.</summary>
    public static async IAsyncEnumerable<ListedObject> ListObjectsAsync(this S3Client s3, string bucket, [EnumeratorCancellation] CancellationToken cancel, string prefix = "")
    {
        await foreach (var page in s3.ListObjectPagesAsync(bucket, static call => call(), cancel, prefix))
            foreach (var listed in page) yield return listed;
    }

    /// <summary>The same page by page.</summary>
    /// <param name="s3">The client.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="make">Makes each of the calls, when it is time for one.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="prefix">What the keys begin with.</param>
    public static IAsyncEnumerable<IReadOnlyList<ListedObject>> ListObjectPagesAsync(
        this S3Client s3, string bucket, Func<Func<Task<ListedPage>>, Task<ListedPage>> make, CancellationToken cancel, string prefix = "") =>
        new OrderedListing((from, token) => make(() => s3.ReadPageAsync(bucket, prefix, from, token))).ListAsync(cancel);

    /// <summary>What keys have between a prefix and the next slash, each once and in order.</summary>
    public static async IAsyncEnumerable<string> ListFoldersAsync(this S3Client s3, string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? continuation = null;
        do
        {
            var query = S3Path.Query(("list-type", "2"), ("encoding-type", "url"), ("delimiter", "/"), ("prefix", prefix.Length == 0 ? null : prefix), ("continuation-token", continuation));
            (var folders, continuation) = await s3.GetDocumentAsync(new() { Operation = "ListObjectsV2", Bucket = bucket, Query = query }, ListingDocument.ReadFolders, cancel);
            foreach (var folder in folders) yield return folder[prefix.Length..^1];
        }
        while (continuation is not null);
    }

    private static Task<ListedPage> ReadPageAsync(this S3Client s3, string bucket, string prefix, ListingPlace from, CancellationToken cancel)
    {
        var query = S3Path.Query(("list-type", "2"), ("encoding-type", "url"), ("max-keys", "1000"), ("prefix", prefix.Length == 0 ? null : prefix),
            from.Continuation is null ? ("start-after", from.After) : ("continuation-token", from.Continuation));
        return s3.GetDocumentAsync(new() { Operation = "ListObjectsV2", Bucket = bucket, Query = query }, document =>
        {
            var page = ListingDocument.ReadObjects(document);
            RequireOrder(page.Objects, from.After);
            return page;
        }, cancel);
    }

    /// <summary>Everything that is done with a listing rests on its order.</summary>
    private static void RequireOrder(IReadOnlyList<ListedObject> objects, string? after)
    {
        foreach (var listed in objects)
        {
            if (after is not null && Utf8Order.Instance.Compare(listed.Key, after) <= 0) throw new CorruptBodyException("UnorderedListing", "The keys of the listing are not in order.");
            after = listed.Key;
        }
    }
}
