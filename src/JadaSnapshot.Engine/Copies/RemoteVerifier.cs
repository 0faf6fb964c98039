using System.Diagnostics;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Copies;

/// <summary>Proves that a snapshot in S3 is what was captured, as <see cref="SnapshotVerifier"/> does of one on disk.</summary>
public static class RemoteVerifier
{
    /// <summary>Compares every object with the manifest.</summary>
    /// <param name="connection">Who calls.</param>
    /// <param name="address">Where the snapshot lies.</param>
    /// <param name="isQuick">Whether what S3 states of the objects is believed, rather than each read.</param>
    /// <param name="progress">Told after each file how many files and bytes were compared so far; called by many threads.</param>
    /// <param name="throttleLimit">The number of requests that are under way at once.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="StoreException">There is no snapshot, or it is no address.</exception>
    /// <exception cref="ServiceException">The bucket cannot be read.</exception>
    public static async Task<SnapshotVerification> VerifyAsync(AwsConnection connection, string address, bool isQuick, Action<long, long>? progress, int throttleLimit, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var snapshot = await RemoteStore.ReadAsync(connection, address, cancel);
        SnapshotVerification outcome = new() { Name = snapshot.Name, Path = snapshot.Path, Result = VerificationResult.Unfinished, ProblemCount = snapshot.ProblemCount };
        if (snapshot.Status == SnapshotStatus.Unfinished) return outcome with { Duration = Stopwatch.GetElapsedTime(start) };
        using var s3 = new S3Client(connection, throttleLimit);
        using var places = new WorkPool(throttleLimit);
        RemoteVerification run = new(s3, snapshot, isQuick, progress);
        var (copies, unseen) = await run.CompareAsync(places, new(() => connection, isQuick, throttleLimit), cancel);
        return run.Findings.Conclude(outcome, snapshot, run.Files, run.Bytes, copies, unseen) with { FilesUnverified = run.Unverified, Duration = Stopwatch.GetElapsedTime(start) };
    }
}

/// <summary>One comparison of a snapshot in S3 with its manifest.</summary>
internal sealed class RemoteVerification(S3Client s3, Snapshot snapshot, bool isQuick, Action<long, long>? progress)
{
    private readonly S3Place _place = S3Place.Parse(snapshot.Path);
    private readonly List<ManifestEntry> _kept = [];
    private long _files, _bytes, _unverified;

    public Findings Findings { get; } = new();

    public long Files => _files;

    public long Bytes => _bytes;

    public long Unverified => _unverified;

    /// <summary>Compares everything, and has the copies looked up that the snapshot keeps.</summary>
    public async Task<(long Copies, string? Unseen)> CompareAsync(WorkPool places, CopiesCheck copies, CancellationToken cancel)
    {
        SnapshotInS3 source;
        try
        {
            source = await SnapshotInS3.OpenAsync(s3, places, snapshot, SnapshotDocuments.Names, cancel);
        }
        catch (ServiceException exception) when (exception.Kind is FailureKind.NotFound or FailureKind.Corrupt)
        {
            Findings.Add(FindingKind.Missing, SnapshotLayout.Manifest, exception.Message);
            return default;
        }
        using (source)
        {
            try
            {
                SnapshotDocuments.Require(source, cancel);
            }
            catch (StoreException exception)
            {
                Findings.Add(FindingKind.Changed, SnapshotLayout.Manifest, exception.Message);
                return default;
            }
            await CompareFilesAsync(source, places.NewGroup(), cancel);
            try
            {
                await source.RequireAsync(_kept, cancel);
            }
            catch (StoreException exception)
            {
                return (0, exception.Message);
            }
            return await copies.RunAsync(snapshot, _kept, document => File.OpenRead(source.Of(document)), Findings, cancel);
        }
    }

    private async Task CompareFilesAsync(SnapshotInS3 source, WorkGroup group, CancellationToken cancel)
    {
        try
        {
            await foreach (var (entry, listed) in RemoteFiles.JoinAsync(s3, _place, SnapshotReader.ReadManifestAsync(source.Folder), cancel))
                if (entry is null) Findings.AddExtra(listed!.Key);
                else if (listed is null) Findings.AddMissing(entry);
                else if (listed.Size != entry.Size) Findings.AddOtherLength(entry, listed.Size);
                else
                {
                    if (entry.Copies is not null) _kept.Add(entry);
                    await group.AddAsync(token => CompareAsync(entry, token), cancel);
                }
        }
        finally
        {
            await group.CompleteAsync();
        }
    }

    private async Task CompareAsync(ManifestEntry entry, CancellationToken cancel)
    {
        var place = _place.Of(entry.Path);
        try
        {
            if (isQuick)
            {
                var agrees = StatedDigest.Agrees((await s3.ReadHeadersAsync(place.Bucket, place.Key, cancel)).ToRecord(place.Key), entry);
                if (agrees == false) Findings.Add(FindingKind.Changed, entry.Path, "S3 states another SHA-256 of it than was captured.", entry.Layer);
                if (agrees is null) Interlocked.Increment(ref _unverified);
            }
            else if (await StatedDigest.ReadAsync(s3, place, entry.Size, cancel) is var digest && digest != entry.Sha256)
                Findings.AddOtherBytes(entry, digest);
            var (files, bytes) = (Interlocked.Increment(ref _files), Interlocked.Add(ref _bytes, isQuick ? 0 : entry.Size));
            progress?.Invoke(files, bytes);
        }
        catch (ServiceException exception)
        {
            Findings.Add(FindingKind.Unreadable, entry.Path, exception.Message, entry.Layer);
        }
    }
}
