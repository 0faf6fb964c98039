using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Sync;

/// <summary>The sync of one bucket while it goes on: decides about each object, does it, and counts.</summary>
internal sealed class BucketSyncRun(ObjectListings listings, ObjectDownload downloads, SyncOrder order, string bucket, SyncRecord record, Action<ObjectChange> onChange, Action<Problem> onProblem)
{
    private readonly KeyFilter _filter = new(order.Rules);
    private readonly PathAssigner _paths = new();
    private readonly List<ManifestEntry> _gone = [];
    private readonly List<string> _abandoned = [];
    private bool _isListed;
    private long _objects, _bytes, _downloads, _downloadedBytes, _unchanged, _unverified, _deleted, _leftOver, _goneSince, _problems;
    private DateTimeOffset? _listedAt;

    /// <summary>The bucket beside its copies, in the order of keys, as far as the rules want them.</summary>
    public IAsyncEnumerable<Pair<Target, ManifestEntry>> CompareAsync(CancellationToken cancel) => MergeJoin.JoinAsync(
        TargetsAsync(cancel), target => target.Listed.Key,
        record.Copies().Where(copy => _filter.Wants(copy.Object!.Key)).ToAsyncEnumerable(), copy => copy.Object!.Key,
        Utf8Order.Instance, cancel);

    /// <summary>Decides about an object; what there is to transfer comes back.</summary>
    public Func<CancellationToken, Task>? Decide(Target? target, ManifestEntry? copy)
    {
        if (target is null)
        {
            if (CameSince(copy!)) return null;
            // One more than may be deleted is enough to know that none is.
            if (_gone.Count <= order.MaxDelete) _gone.Add(copy!);
            _leftOver++;
            return null;
        }
        // Which names are taken only a listing of now knows.
        if (_listedAt is not null && copy is not null) target = target with { Path = copy.Path };
        _objects++;
        _bytes += target.Listed.Size;
        var reason = Compare(target, copy);
        if (reason == ChangeReason.Unchanged)
        {
            _unchanged++;
            CountUnverified(copy!.Object!);
            onChange(Change(target, ObjectAction.Keep, reason));
            return null;
        }
        if (reason == ChangeReason.NameChanged) _abandoned.Add(copy!.Path);
        if (!order.PlanOnly) return cancel => DownloadAsync(target, reason, cancel);
        Done(target, reason, target.Listed.Size);
        return null;
    }

    /// <summary>Only now can be said what the bucket does not hold.</summary>
    public void ListingIsComplete() => _isListed = true;

    /// <summary>Deletes what is to be deleted. Nothing is after a listing that did not come to its end.</summary>
    public void ClearAway()
    {
        if (!_isListed) return;
        if (!order.PlanOnly)
            foreach (var path in _abandoned) DeleteFile(path);
        if (order.Delete) DeleteLeftOvers();
    }

    private void DeleteLeftOvers()
    {
        if (_leftOver > order.MaxDelete)
        {
            Report("Delete", new StoreException(StoreFault.DeleteLimit, $"{_leftOver} copies of {bucket} have no object any more, and at most {order.MaxDelete} may be deleted: none was. Look at them with -WhatIf, and raise -MaxDelete if that is right."));
            return;
        }
        foreach (var copy in _gone) Delete(copy);
    }

    public void Report(string operation, Exception exception, string? key = null)
    {
        Interlocked.Increment(ref _problems);
        onProblem(Failure.ToProblem(exception, "s3", operation, key is null ? bucket : $"{bucket}/{key}"));
    }

    public BucketSyncResult ToResult(TimeSpan duration) => new()
    {
        BucketName = bucket,
        Destination = record.CopyFolder,
        ObjectCount = _objects,
        TotalBytes = _bytes,
        DownloadedCount = _downloads,
        DownloadedBytes = _downloadedBytes,
        UnchangedCount = _unchanged,
        UnverifiedCount = _unverified,
        DeletedCount = _deleted,
        LeftOverCount = _leftOver - _deleted,
        GoneCount = _goneSince,
        ProblemCount = _problems,
        ListedAt = _listedAt,
        Duration = duration,
    };

    private async IAsyncEnumerable<Target> TargetsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var listing = await listings.OpenAsync(new(bucket), cancel);
        _listedAt = listing.Origin.ListedAt;
        await foreach (var listed in listing.Objects)
        {
            // Names are told apart among all keys, whatever the rules say, so that a copy keeps its name when the rules change.
            var path = _paths.Assign(listed.Key);
            if (_filter.Wants(listed.Key)) yield return new(listed, path);
        }
    }

    private ChangeReason Compare(Target target, ManifestEntry? copy)
    {
        var reason = ObjectComparison.Compare(target.Listed, copy);
        if (reason != ChangeReason.Unchanged && !IsNewer(copy, target.Listed)) return reason;
        if (copy!.Path != target.Path) return ChangeReason.NameChanged;
        var file = new FileInfo(FullPath(target.Path));
        return !file.Exists ? ChangeReason.CopyMissing
            : file.Length != copy.Size || new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds() != copy.Object!.LastModified.ToUnixTimeSeconds() ? ChangeReason.CopyChanged
            : ChangeReason.Unchanged;
    }

    /// <summary>Whether the copy is of a later state of the object than an inventory tells of.</summary>
    private bool IsNewer(ManifestEntry? copy, ListedObject listed) => _listedAt is not null && copy?.Object is { } known && known.LastModified > listed.LastModified;

    /// <summary>Whether the copy is of an object of which an inventory cannot know.</summary>
    private bool CameSince(ManifestEntry copy) => copy.Object!.LastModified >= _listedAt;

    private async Task DownloadAsync(Target target, ChangeReason reason, CancellationToken cancel)
    {
        try
        {
            using var file = record.CreateFile();
            var known = await downloads.DownloadAsync(bucket, target.Listed, file, cancel);
            file.Flush(known.LastModified);
            file.MoveTo(FullPath(target.Path));
            record.Note(known.Key, new() { Path = target.Path, Size = file.Length, Sha256 = file.Sha256, Layer = "s3", Resource = bucket, Object = known });
            CountUnverified(known);
            Done(target, reason, file.Length);
        }
        catch (IOException exception) when (StoreException.IsDiskFull(exception))
        {
            throw StoreException.DiskFull(exception);
        }
        catch (ServiceException exception) when (_listedAt is not null && exception.Kind == FailureKind.NotFound)
        {
            Interlocked.Increment(ref _goneSince);
        }
        catch (Exception exception) when (exception is ServiceException or IOException or UnauthorizedAccessException)
        {
            Report("GetObject", exception, target.Listed.Key);
        }
    }

    private void Done(Target target, ChangeReason reason, long size)
    {
        Interlocked.Increment(ref _downloads);
        Interlocked.Add(ref _downloadedBytes, size);
        onChange(Change(target, ObjectAction.Download, reason));
    }

    private void CountUnverified(ObjectRecord known)
    {
        if (known.Unverified is not null) Interlocked.Increment(ref _unverified);
    }

    private void Delete(ManifestEntry copy)
    {
        var path = FullPath(copy.Path);
        try
        {
            if (!order.PlanOnly)
            {
                DeleteFile(copy.Path);
                record.Note(copy.Object!.Key, null);
            }
            _deleted++;
            onChange(new() { BucketName = bucket, Key = copy.Object!.Key, Action = ObjectAction.Delete, Reason = ChangeReason.GoneFromBucket, Size = copy.Size, LastModified = copy.Object.LastModified, Path = path });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report("Delete", exception, copy.Object!.Key);
        }
    }

    private void DeleteFile(string path)
    {
        if (_paths.IsTaken(path) && !StandsApart(path)) return;
        StoreFiles.Delete(FullPath(path));
        for (var folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (!Directory.Exists(FullPath(folder))) continue;
            if (Directory.EnumerateFileSystemEntries(FullPath(folder)).Any()) return;
            Directory.Delete(FullPath(folder));
        }
    }

    /// <summary>Whether a file system that could take the name for another key's does not.</summary>
    private bool StandsApart(string path)
    {
        var (folder, name) = (Path.GetDirectoryName(FullPath(path))!, Path.GetFileName(path));
        var folded = NameFolding.Fold(name);
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder).Select(Path.GetFileName).Count(other => NameFolding.Fold(other!) == folded) > 1;
    }

    private ObjectChange Change(Target target, ObjectAction action, ChangeReason reason) => new()
    {
        BucketName = bucket,
        Key = target.Listed.Key,
        Action = action,
        Reason = reason,
        Size = target.Listed.Size,
        LastModified = target.Listed.LastModified,
        Path = FullPath(target.Path),
    };

    private string FullPath(string path) => Path.Combine(record.CopyFolder, path);

    /// <summary>A listed object and the path of its copy.</summary>
    internal sealed record Target(ListedObject Listed, string Path);
}
