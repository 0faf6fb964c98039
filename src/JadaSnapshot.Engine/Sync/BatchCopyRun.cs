using JadaSnapshot.Engine.Batch;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Sync;

/// <summary>A copy between buckets of which a job of S3 Batch Operations makes as much as it can, and CopyObject the rest. What the job copied is believed once the destination's listing shows it.</summary>
internal sealed class BatchCopyRun(S3Client s3, ObjectCopy copies, ObjectSides sources, ObjectSides sides, BatchCopy batch, BucketCopyOrder order, Action<ObjectChange> onChange, Action<Problem> onProblem)
    : BucketCopyRun(s3, copies, sources, sides, order, onChange, onProblem)
{
    private long _missing;

    protected override bool Defers(SideObject source, SideObject? there, ChangeReason reason)
    {
        if (!BatchCopy.Copies(source.Size, Copies.Parts)) return false;
        batch.Add(source, there, reason);
        return true;
    }

    protected override async Task WriteDeferredAsync(WorkPool places, CancellationToken cancel)
    {
        try
        {
            if (await batch.RunAsync(trouble => Report(FailedTask.Operation, trouble), cancel) is not { } job) return;
            await ConfirmAsync(job, places, cancel);
            if (!job.IsComplete) Report(FailedTask.Operation, job.ToException(_missing));
        }
        catch (Exception exception) when (exception is ServiceException or InvalidDataException or System.Xml.XmlException)
        {
            Report(FailedTask.Operation, exception);
        }
    }

    private async Task ConfirmAsync(BatchJob job, WorkPool places, CancellationToken cancel)
    {
        var looks = places.NewGroup();
        try
        {
            await foreach (var (outcome, there) in MergeJoin.JoinAsync(batch.OutcomesAsync(cancel), outcome => outcome.Key, DestinationAsync(cancel), there => there.Key, Utf8Order.Instance, cancel))
            {
                if (outcome?.Failed is { } failed) await ReportAsync(FailedTask.Operation, failed.ToException(job.Id), Listed(failed.Key), cancel);
                else if (outcome?.Planned is { } planned && IsNew(job, planned, there)) await looks.AddAsync(token => ConfirmAsync(planned, there!, token), cancel);
                else if (outcome is not null) Miss(job, outcome.Key);
            }
        }
        finally
        {
            await looks.CompleteAsync();
        }
    }

    private SideObject Listed(string key) => Sides.Of(Order.Source.BucketName, new(Order.Source.Prefix + key, 0, "", default, ""), key, isOld: Order.FromInventory is not null);

    // Where bytes are not what differs, only a job that went through all of its tasks can be believed.
    private static bool IsNew(BatchJob job, PlannedCopy planned, SideObject? there) =>
        there is not null && (planned.Replaces != there.ETag || planned.ReplacedAt != there.LastModified || (planned.ETag == there.ETag && job.IsComplete));

    // Of a job that came to no end it is said once how many are not there.
    private void Miss(BatchJob job, string key)
    {
        _missing++;
        if (job.IsComplete) Report(FailedTask.Operation, new InvalidDataException($"Job {job.Id} says that it copied everything, and the copy is not there."), key);
    }

    private async Task ConfirmAsync(PlannedCopy planned, SideObject there, CancellationToken cancel)
    {
        var (source, destination) = (PlaceOf(Order.Source, planned.Key), PlaceOf(Order.Destination, planned.Key));
        try
        {
            ListedObject listed = new(planned.Key, planned.Size, planned.ETag, planned.LastModified, "");
            var copied = await Copies.ConfirmAsync(source, listed, destination, (there.Size, there.ETag), cancel);
            Done(Sides.Of(Order.Source.BucketName, listed, planned.Key), copied, planned.Reason);
        }
        catch (ServiceException exception)
        {
            Report(FailedTask.Operation, exception, planned.Key);
        }
    }
}
