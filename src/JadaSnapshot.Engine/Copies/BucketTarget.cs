using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Copies;

/// <summary>A place in S3 in which a copy is made. Nothing that is there is ever written over; S3 holds all that comes against its SHA-256.</summary>
internal sealed class BucketTarget : ICopyTarget
{
    private readonly S3Client _s3;
    private readonly S3Place _place;
    private readonly SnapshotFiles _source;
    private readonly SnapshotCopyOrder _order;
    private readonly ObjectUpload _uploads;
    private readonly CopyInS3 _fromBase, _fromSource;
    private readonly ObjectLock? _lock;
    private SnapshotInS3? _baseFiles;
    private CopyBase? _base;
    private int _refusals;

    private BucketTarget(S3Client s3, WorkPool places, SnapshotFiles source, SnapshotCopyOrder order, PartRule parts)
    {
        (_s3, _source, _order, _place) = (s3, source, order, S3Place.Parse(order.Destination).Below(order.Snapshot.Name));
        _lock = order.Lock is { } wanted ? new(s3, wanted) : null;
        _uploads = new(s3, places) { Parts = parts, Plan = UploadPlan.ForFile, Further = [.. _lock?.Headers ?? []] };
        _fromBase = new(s3, places) { Further = _uploads.Further };
        _fromSource = new(s3, places) { Further = _uploads.Further, OnRefusal = SayRefusal };
    }

    public string Path => $"{_place}";

    public string? Base => _base?.Snapshot.Name;

    public bool IsFinished { get; private set; }

    /// <summary>Looks at what is there.</summary>
    /// <exception cref="StoreException">There is another snapshot of that name, or no lock where one is wanted.</exception>
    public static async Task<BucketTarget> OpenAsync(S3Client s3, WorkPool places, SnapshotFiles source, SnapshotCopyOrder order, PartRule parts, CancellationToken cancel)
    {
        BucketTarget target = new(s3, places, source, order, parts);
        try
        {
            await target.LookAsync(places, cancel);
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    public IAsyncEnumerable<CopyStep> PlanAsync(IAsyncEnumerable<ManifestEntry> entries, CancellationToken cancel) => RemoteFiles.JoinAsync(_s3, _place, entries, cancel);

    public async Task<bool> HoldsAsync(ManifestEntry entry, ListedObject? there, CancellationToken cancel)
    {
        // The description came last: what stands under it has been held against its digest.
        if (there is not null && there.Size != entry.Size) throw Other(entry.Path);
        if (IsFinished && _lock is null && there is not null) return true;
        var place = _place.Of(entry.Path);
        var headers = await _s3.ReadHeadersAsync(place.Bucket, place.Key, cancel);
        var record = headers.ToRecord(place.Key);
        if (headers.Length != entry.Size || !(StatedDigest.Agrees(record, entry) ?? await StatedDigest.ReadAsync(_s3, place, entry.Size, cancel) == entry.Sha256)) throw Other(entry.Path);
        if (_lock is not null && !_order.PlanOnly) await _lock.ProlongAsync(place, record, cancel);
        return true;
    }

    public bool IsInBase(ManifestEntry entry) => _base?.Has(entry) == true;

    public async Task<CopyOutcome> BringAsync(ManifestEntry entry, CancellationToken cancel)
    {
        var place = _place.Of(entry.Path);
        try
        {
            var (isThere, condition) = IsInBase(entry) ? await _fromBase.TakeAsync(entry, _baseFiles!.Place.Of(entry.Path), place, cancel) : (false, WriteCondition.Nothing);
            if (isThere) return CopyOutcome.Taken;
            if (_source is SnapshotInS3 source && condition == WriteCondition.Nothing) (isThere, condition) = await _fromSource.TakeAsync(entry, source.Place.Of(entry.Path), place, cancel);
            if (!isThere) await UploadAsync(entry, place, condition, cancel);
            return CopyOutcome.Copied;
        }
        catch (ServiceException exception) when (exception.StatusCode == 412)
        {
            // Another run may have written it, or an attempt of this one whose answer was lost.
            await HoldsAsync(entry, there: null, cancel);
            return CopyOutcome.Unchanged;
        }
    }

    public void Publish(CancellationToken cancel)
    {
    }

    public void Dispose()
    {
        _base?.Dispose();
        _baseFiles?.Dispose();
    }

    private async Task LookAsync(WorkPool places, CancellationToken cancel)
    {
        if (await RemoteStore.TryReadAsync(_s3, _place, cancel) is { } there)
        {
            IsFinished = there.ManifestSha256 == _order.Snapshot.ManifestSha256;
            if (!IsFinished)
                throw new StoreException(StoreFault.SnapshotExists, $"There is another snapshot named '{_order.Snapshot.Name}' at {_place} ({there.Status}). Snapshots are never overwritten: copy to another place.");
        }
        if (_lock is not null) await _lock.RequireAsync(_place.Bucket, cancel);
        if (IsFinished) return;
        List<Snapshot> beside = [];
        await foreach (var found in RemoteStore.ListAsync(_s3, S3Place.Parse(_order.Destination), cancel)) beside.Add(found);
        if (CopyBase.Choose(beside, _order) is not { } chosen) return;
        _baseFiles = await SnapshotInS3.OpenAsync(_s3, places, chosen, [SnapshotLayout.Manifest], cancel);
        _base = CopyBase.Open(_baseFiles, _order.OnWarning, cancel);
    }

    private async Task UploadAsync(ManifestEntry entry, ObjectPlace place, WriteCondition condition, CancellationToken cancel)
    {
        try
        {
            await _source.UseAsync(entry, path => _uploads.UploadAsync(new(path, entry.Size, entry.Sha256, StatedDigest.ToRecord(entry)), place, condition, cancel), cancel);
        }
        catch (StoreException) when (condition != WriteCondition.Nothing)
        {
            await DiscardAsync(place, cancel);
            throw;
        }
    }

    // What S3 copied there is not the file either, and would be in the way of the next run, which names it where it stays.
    private async Task DiscardAsync(ObjectPlace place, CancellationToken cancel)
    {
        try
        {
            await _s3.DeleteAsync(place.Bucket, [place.Key], cancel);
        }
        catch (ServiceException)
        {
        }
    }

    private void SayRefusal(ServiceException refusal)
    {
        if (Interlocked.Exchange(ref _refusals, 1) == 0)
            _order.OnWarning?.Invoke($"S3 does not copy from {_order.Snapshot.Path} to {_place} ({refusal.Code}: {refusal.Message.TrimEnd('.')}). What it refuses comes here, and goes there from here.");
    }

    private StoreException Other(string path) => new(StoreFault.SnapshotExists, $"s3://{_place.Of(path)} is there already, and is not the file of this snapshot. Nothing is written over: remove it, or copy to another place.");
}
