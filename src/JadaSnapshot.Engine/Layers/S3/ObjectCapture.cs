using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>One object, or one version of it, as a file: taken over where it is unchanged, else fetched.</summary>
internal static class ObjectCapture
{
    public static async Task CaptureAsync(S3Client s3, string bucket, ListedObject listed, string? versionId, string path, ISnapshotSink sink, CancellationToken cancel)
    {
        try
        {
            if (sink.TryKeep(path, entry => IfUnchanged(entry, listed, versionId), cancel)) return;
            using var file = sink.Create(path);
            var record = await ObjectDownload.DownloadAsync(s3, bucket, listed.Key, file, cancel, versionId);
            // The null version is the one that S3 names by that word alone.
            await file.CommitAsync(versionId is null ? record : record with { VersionId = versionId }, cancel);
        }
        catch (Exception exception) when (exception is ServiceException or UnauthorizedAccessException or PathTooLongException)
        {
            sink.Report("GetObject", exception, versionId is null ? listed.Key : $"{listed.Key}?versionId={versionId}");
        }
    }

    // An object moves to another storage class without being written.
    internal static ManifestEntry? IfUnchanged(ManifestEntry entry, ListedObject listed, string? versionId) =>
        ObjectComparison.Compare(listed, entry) == ChangeReason.Unchanged && (versionId is null || entry.Object!.VersionId == versionId)
            ? entry with { Object = entry.Object! with { StorageClass = listed.StorageClass == "STANDARD" ? null : listed.StorageClass } }
            : null;
}
