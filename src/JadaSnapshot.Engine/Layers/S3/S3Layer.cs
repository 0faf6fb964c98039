using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>Buckets: each one's objects as files, and its configuration as the documents that S3 sends.</summary>
public sealed class S3Layer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "s3";

    private readonly ObjectCapture _objects = new(new(context.S3, context.Transfers));
    private readonly S3Place? _copies = context.Options.Keep is { } keep ? S3Place.Parse(keep.Place) : null;

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Resource> DiscoverAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var bucket in context.S3.ListBucketsAsync(cancel).Where(IsCaptured))
            yield return new()
            {
                Layer = LayerName,
                Kind = "bucket",
                Name = bucket.Name,
                Id = bucket.Name,
                Arn = $"arn:aws:s3:::{bucket.Name}",
                Region = bucket.Region,
                OtherNames =
                [
                    $"s3://{bucket.Name}", $"{bucket.Name}.s3.amazonaws.com", $"{bucket.Name}.s3.{bucket.Region}.amazonaws.com",
                    $"{bucket.Name}.s3-website-{bucket.Region}.amazonaws.com", $"{bucket.Name}.s3-website.{bucket.Region}.amazonaws.com",
                ],
                CreatedAt = bucket.CreatedAt,
            };
    }

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        context.S3.Learn(resource.Name, resource.Region);
        return Task.WhenAll(
            BucketConfiguration.CaptureAsync(context, resource.Name, sink, cancel),
            new BucketVersions(context, _objects, resource.Name, sink).CaptureAsync(cancel),
            CaptureObjectsAsync(resource.Name, sink, cancel));
    }

    private async Task CaptureObjectsAsync(string bucket, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = $"s3-buckets/{PathNames.FromName(bucket)}/";
        if (!sink.Wants(folder)) return;
        var (isKept, objects) = context.Options.Keep is { } keep ? await new KeptBuckets(keep).LookAsync(bucket, ListAsync, cancel) : (false, ListAsync());
        await (isKept ? new KeptCapture(context, bucket, BucketConfiguration.FolderOf(bucket) + CopiesDocument.Name, sink).CaptureAsync(ListAsync, cancel) : FetchAsync(bucket, objects, folder, sink, cancel));

        IAsyncEnumerable<ListedObject> ListAsync() => context.S3.ListObjectsAsync(bucket, cancel).Where(listed => !context.Options.ExcludeKeys.Match(listed.Key));
    }

    private async Task FetchAsync(string bucket, IAsyncEnumerable<ListedObject> objects, string folder, ISnapshotSink sink, CancellationToken cancel)
    {
        var paths = new PathAssigner();
        var transfers = context.Transfers.NewGroup();
        try
        {
            await foreach (var listed in objects)
            {
                var path = folder + paths.Assign(listed.Key);
                await transfers.AddAsync(token => _objects.CaptureAsync(bucket, listed, path, sink, token), cancel);
            }
        }
        finally
        {
            await transfers.CompleteAsync();
        }
    }

    private bool IsCaptured(ListedBucket bucket)
    {
        if (bucket.Name == _copies?.Bucket) context.Options.OnWarning?.Invoke($"The bucket {bucket.Name} is left out: it holds the copies of buckets that this snapshot keeps in S3.");
        return bucket.Name != _copies?.Bucket && !context.Options.ExcludeBuckets.Match(bucket.Name);
    }
}
