using System.Diagnostics;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Copies;

/// <summary>
/// Copies a finished snapshot to another store: from a folder or a place in S3 to another. Only what the other side lacks is sent, every byte is
/// held against the manifest, and what makes it a snapshot is written last. The same order finishes what was interrupted.
/// </summary>
/// <param name="connection">Who calls; null where neither side is in S3.</param>
/// <param name="order">What is to be done.</param>
public sealed class SnapshotCopy(AwsConnection? connection, SnapshotCopyOrder order)
{
    internal PartRule Parts { get; init; } = new();

    /// <summary>How far it is.</summary>
    public CopyProgress Progress { get; } = new();

    /// <summary>Does it.</summary>
    /// <param name="onProblem">Is told of each file that cannot be copied, from any thread; the others are. The copy is not finished then.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">The snapshot is not finished or is damaged, or the destination refuses.</exception>
    /// <exception cref="ServiceException">The bucket cannot be read or written to at all.</exception>
    public async Task<SnapshotCopyResult> RunAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var isRemote = S3Place.IsMeant(order.Snapshot.Path);
        using var s3 = connection is null ? null : new S3Client(connection, order.ThrottleLimit);
        using var places = new WorkPool(order.ThrottleLimit);
        using var source = isRemote ? await SnapshotInS3.OpenAsync(s3!, places, order.Snapshot, SnapshotDocuments.Names, cancel) : SnapshotFiles.OnDisk(order.Snapshot);
        SnapshotDocuments.Require(source, cancel);
        using ICopyTarget target = S3Place.IsMeant(order.Destination) ? await BucketTarget.OpenAsync(s3!, places, source, order, Parts, cancel) : FolderTarget.Open(source, order, cancel);
        if (order.Snapshot.KeptInS3 is { ObjectCount: > 0 } kept) order.OnWarning?.Invoke($"{kept.ObjectCount:N0} objects of {order.Snapshot.Name} are kept as copies in {kept.Place}. They stay there, and the copy of the snapshot needs them.");
        CopyRun run = new(source, target, order, Progress, onProblem);
        await run.CopyAsync(places, cancel);
        return new()
        {
            Name = order.Snapshot.Name,
            Source = order.Snapshot.Path,
            Path = target.Path,
            Status = Progress.Problems == 0 && !order.PlanOnly ? order.Snapshot.Status : SnapshotStatus.Unfinished,
            FileCount = run.FileCount,
            TotalBytes = run.TotalBytes,
            CopiedCount = Progress.Copied,
            CopiedBytes = Progress.CopiedBytes,
            TakenCount = Progress.Taken,
            TakenBytes = Progress.TakenBytes,
            UnchangedCount = Progress.Unchanged,
            Base = target.Base,
            RetainUntil = order.Lock?.Until,
            ProblemCount = Progress.Problems,
            Duration = clock.Elapsed,
        };
    }
}

/// <summary>A copy while it goes on: each file is brought where it is missing, then the documents, in their order.</summary>
internal sealed class CopyRun(SnapshotFiles source, ICopyTarget target, SnapshotCopyOrder order, CopyProgress progress, Action<Problem> onProblem)
{
    private readonly IReadOnlyList<ManifestEntry> _documents = [.. SnapshotDocuments.Of(source)];

    public long FileCount => order.Snapshot.FileCount + _documents.Count;

    public long TotalBytes => order.Snapshot.TotalBytes + _documents.Sum(document => document.Size);

    public async Task CopyAsync(WorkPool places, CancellationToken cancel)
    {
        var group = places.NewGroup();
        try
        {
            await foreach (var step in target.PlanAsync(SnapshotReader.ReadManifestAsync(source.Folder), cancel))
                await group.AddAsync(token => StepAsync(step, token), cancel);
        }
        finally
        {
            await group.CompleteAsync();
        }
        foreach (var document in _documents)
            if (progress.Problems == 0) await StepAsync(new(document, target.IsFinished ? new(document.Path, document.Size, "", default, "") : null), cancel);
        if (progress.Problems == 0 && !order.PlanOnly) target.Publish(cancel);
    }

    private async Task StepAsync(CopyStep step, CancellationToken cancel)
    {
        try
        {
            if (step.Entry is not { } entry)
                throw new StoreException(StoreFault.SnapshotExists, $"{target.Path} holds '{step.There!.Key}', which the snapshot does not have: it would not be whole. Remove it, or copy to another place.");
            progress.Add(await BringAsync(entry, step.There, cancel), entry.Size);
        }
        catch (Exception exception) when (!IsHopeless(exception) && exception is ServiceException or StoreException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            progress.AddProblem();
            onProblem(Failure.ToProblem(exception, step.Entry?.Layer ?? SnapshotLayout.OwnLayer, "CopySnapshot", step.Entry?.Path ?? step.There!.Key));
        }
    }

    private async Task<CopyOutcome> BringAsync(ManifestEntry entry, ListedObject? there, CancellationToken cancel)
    {
        if (there is not null && await target.HoldsAsync(entry, there, cancel)) return CopyOutcome.Unchanged;
        return order.PlanOnly ? target.IsInBase(entry) ? CopyOutcome.Taken : CopyOutcome.Copied : await target.BringAsync(entry, cancel);
    }

    /// <summary>Whether no other file would fare better.</summary>
    private static bool IsHopeless(Exception exception) => exception switch
    {
        StoreException store => store.Fault == StoreFault.DiskFull,
        ServiceException service => service.IsOfEveryCall || service.Kind == FailureKind.Denied || service.Code == "NoSuchBucket",
        _ => false,
    };
}
