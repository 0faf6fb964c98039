using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>Buckets: each one's objects as files, and its configuration as the documents that S3 sends.</summary>
public sealed class S3Layer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "s3";

    private readonly ObjectDownload _downloads = new(context.S3, context.Transfers);

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
                CreatedAt = bucket.CreatedAt,
            };
    }

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        context.S3.Learn(resource.Name, resource.Region);
        return Task.WhenAll(
            BucketConfiguration.CaptureAsync(context, resource.Name, sink, cancel),
            CaptureObjectsAsync(resource.Name, sink, cancel));
    }

    private async Task CaptureObjectsAsync(string bucket, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = $"s3-buckets/{PathNames.FromName(bucket)}/";
        var paths = new PathAssigner();
        var downloads = context.Transfers.NewGroup();
        try
        {
            await foreach (var listed in context.S3.ListObjectsAsync(bucket, cancel))
            {
                if (context.Options.ExcludeKeys.Match(listed.Key)) continue;
                var path = folder + paths.Assign(listed.Key);
                if (sink.Find(path) is { } entry && ObjectComparison.Compare(listed, entry) == ChangeReason.Unchanged) sink.Keep(entry);
                else await downloads.AddAsync(token => DownloadAsync(bucket, listed, path, sink, token), cancel);
            }
        }
        finally
        {
            await downloads.CompleteAsync();
        }
    }

    private async Task DownloadAsync(string bucket, ListedObject listed, string path, ISnapshotSink sink, CancellationToken cancel)
    {
        try
        {
            using var file = sink.Create(path);
            var record = await _downloads.DownloadAsync(bucket, listed, file, cancel);
            await file.CommitAsync(record, cancel);
        }
        catch (Exception exception) when (exception is ServiceException or UnauthorizedAccessException or PathTooLongException)
        {
            sink.Report("GetObject", exception, listed.Key);
        }
    }
}
