using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>One object, or one version of it, as a file: taken over where it is unchanged, else fetched.</summary>
internal sealed class ObjectCapture(ObjectDownload downloads)
{
    public async Task CaptureAsync(string bucket, ListedObject listed, string path, ISnapshotSink sink, CancellationToken cancel)
    {
        try
        {
            if (sink.TryKeep(path, entry => IfUnchanged(entry, listed), cancel)) return;
            using var file = sink.Create(path);
            var record = await downloads.DownloadAsync(bucket, listed, file, cancel);
            // The null version is the one that S3 names by that word alone.
            await file.CommitAsync(listed.VersionId is null ? record : record with { VersionId = listed.VersionId }, cancel);
        }
        catch (Exception exception) when (exception is ServiceException or UnauthorizedAccessException or PathTooLongException)
        {
            sink.Report("GetObject", exception, listed.VersionId is null ? listed.Key : $"{listed.Key}?versionId={listed.VersionId}");
        }
    }

    // An object moves to another storage class without being written.
    internal static ManifestEntry? IfUnchanged(ManifestEntry entry, ListedObject listed) =>
        ObjectComparison.Compare(listed, entry) == ChangeReason.Unchanged && (listed.VersionId is null || entry.Object!.VersionId == listed.VersionId)
            ? entry with { Object = entry.Object! with { StorageClass = listed.StorageClass == "STANDARD" ? null : listed.StorageClass } }
            : null;
}
