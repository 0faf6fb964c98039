using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Looks at what there is, without capturing it.</summary>
public sealed class EstateInventory(AwsConnection connection)
{
    private const int ListingsAtOnce = 32;

    /// <summary>Every resource of the layers (all where none is named), as it becomes known.</summary>
    /// <param name="layers">The layers to look into.</param>
    /// <param name="onProblem">Is told of what cannot be listed, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ArgumentException">There is no layer of one of the names.</exception>
    public async IAsyncEnumerable<Resource> ListAsync(IReadOnlyList<string> layers, Action<Problem> onProblem, [EnumeratorCancellation] CancellationToken cancel)
    {
        await connection.GetCallerIdentityAsync(cancel);
        using var context = new LayerContext(connection, new(), onProblem);
        var resources = Merging.MergeAsync(
            LayerCatalog.Create(context, layers), (layer, token) => layer.DiscoverAsync(token),
            (layer, exception) => context.Report(layer.Name, "", exception), cancel);
        await foreach (var resource in resources) yield return resource;
    }

    /// <summary>Every bucket with what is in it, each as soon as it has been listed.</summary>
    /// <param name="wanted">Chooses buckets by name.</param>
    /// <param name="throttleLimit">The number of buckets that are listed at once.</param>
    /// <param name="onProblem">Is told of buckets that cannot be listed, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Wire.ServiceException">The buckets cannot be listed at all.</exception>
    public async IAsyncEnumerable<BucketInventory> ListBucketsAsync(
        Func<string, bool> wanted, int throttleLimit, Action<Problem> onProblem, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var context = new LayerContext(connection, new() { ThrottleLimit = throttleLimit }, onProblem);
        List<ListedBucket> buckets = [];
        await foreach (var bucket in context.S3.ListBucketsAsync(cancel))
            if (wanted(bucket.Name)) buckets.Add(bucket);
        using var places = new SemaphoreSlim(Math.Min(throttleLimit, ListingsAtOnce));
        var inventories = Merging.MergeAsync(
            buckets, (bucket, token) => CountAsync(context.S3, bucket, places, token),
            (bucket, exception) => context.Report("s3", "ListObjectsV2", exception, bucket.Name), cancel);
        await foreach (var inventory in inventories) yield return inventory;
    }

    private static async IAsyncEnumerable<BucketInventory> CountAsync(S3Client s3, ListedBucket bucket, SemaphoreSlim places, [EnumeratorCancellation] CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        try
        {
            long count = 0, bytes = 0;
            DateTimeOffset? newest = null;
            SortedDictionary<string, long> classes = new(StringComparer.Ordinal);
            await foreach (var listed in s3.ListObjectsAsync(bucket.Name, cancel))
            {
                count++;
                bytes += listed.Size;
                if (newest is null || listed.LastModified > newest) newest = listed.LastModified;
                classes[listed.StorageClass] = classes.GetValueOrDefault(listed.StorageClass) + 1;
            }
            yield return new()
            {
                BucketName = bucket.Name,
                Region = bucket.Region,
                CreationDate = bucket.CreatedAt,
                ObjectCount = count,
                TotalBytes = bytes,
                NewestObject = newest,
                StorageClasses = classes,
            };
        }
        finally
        {
            places.Release();
        }
    }
}
