using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>Buckets: each one's objects as files, and its configuration as the documents that S3 sends.</summary>
public sealed class S3Layer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "s3";

    private readonly ObjectCapture _objects = new(new(context.S3, context.Transfers));

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Resource> DiscoverAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var bucket in context.S3.ListBucketsAsync(cancel))
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
        var paths = new PathAssigner();
        var transfers = context.Transfers.NewGroup();
        try
        {
            await foreach (var listed in context.S3.ListObjectsAsync(bucket, cancel))
            {
                if (context.Options.ExcludeKeys.Match(listed.Key)) continue;
                var path = folder + paths.Assign(listed.Key);
                await transfers.AddAsync(token => _objects.CaptureAsync(bucket, listed, path, sink, token), cancel);
            }
        }
        finally
        {
            await transfers.CompleteAsync();
        }
    }
}
