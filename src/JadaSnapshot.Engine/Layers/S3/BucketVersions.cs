using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>
/// What a bucket that is or was versioned keeps beside its current objects: the listing of all versions and delete markers, and on
/// request the bytes of the noncurrent ones.
/// </summary>
internal sealed class BucketVersions(LayerContext context, ObjectCapture objects, string bucket, ISnapshotSink sink)
{
    private readonly string _folder = $"s3-versions/{PathNames.FromName(bucket)}/";
    private readonly PathAssigner _paths = new();

    private string Listing => $"{BucketConfiguration.FolderOf(bucket)}versions.jsonl";

    public async Task CaptureAsync(CancellationToken cancel)
    {
        var versioning = await BucketConfiguration.CaptureAsync(context, bucket, BucketConfiguration.Versioning, sink, cancel);
        if (versioning is null || StatusOf(versioning) is not ("Enabled" or "Suspended") || !sink.Wants(Listing)) return;
        var downloads = context.Transfers.NewGroup();
        try
        {
            await ListAsync(downloads, cancel);
        }
        catch (ServiceException exception)
        {
            sink.Report("ListObjectVersions", exception);
        }
        finally
        {
            await downloads.CompleteAsync();
        }
    }

    private async Task ListAsync(WorkGroup downloads, CancellationToken cancel)
    {
        using var file = sink.Create(Listing);
        LineBuffer lines = new(file.Write);
        await foreach (var version in context.S3.ListVersionsAsync(bucket, cancel))
        {
            if (context.Options.ExcludeKeys.Match(version.Key)) continue;
            lines.Append(JsonSerializer.SerializeToUtf8Bytes(version, StoreJson.Lines.ListedVersion));
            if (context.Options.AllVersions && version is { IsLatest: false, IsDeleteMarker: false })
                await downloads.AddAsync(Download(version), cancel);
        }
        lines.Drain();
        await file.CommitAsync(null, cancel);
    }

    private Func<CancellationToken, Task> Download(ListedVersion version)
    {
        var path = _folder + _paths.Assign($"{version.Key}/{version.VersionId}");
        ListedObject listed = new(version.Key, version.Size ?? 0, version.ETag ?? "", version.LastModified, version.StorageClass ?? "STANDARD", version.VersionId);
        return cancel => objects.CaptureAsync(bucket, listed, path, sink, cancel);
    }

    private static string? StatusOf(byte[] versioning) =>
        versioning.ToXml().Elements().FirstOrDefault(element => element.Name.LocalName == "Status")?.Value;
}
