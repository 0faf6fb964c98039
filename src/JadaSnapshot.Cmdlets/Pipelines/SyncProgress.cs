using System.Management.Automation;
using JadaSnapshot.Engine.Batch;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far a sync is: buckets, objects, bytes and the rate.</summary>
/// <param name="buckets">How many buckets there are.</param>
/// <param name="done">What is done with an object that differs: it is fetched, or copied.</param>
/// <param name="pipeline">Where it is shown.</param>
/// <param name="job">The job that copies, where there is one.</param>
internal sealed class SyncProgress(int buckets, string done, PipelineWriter pipeline, BatchProgress? job = null)
{
    private const string Activity = "Syncing buckets";

    private readonly Pace _pace = new();
    private Pace? _paceOfJob;
    private long _buckets, _fetched, _bytes, _kept;

    public void Add(ObjectChange change)
    {
        if (change.Action == ObjectAction.Keep) Interlocked.Increment(ref _kept);
        if (change.Action is not (ObjectAction.Download or ObjectAction.Copy)) return;
        Interlocked.Increment(ref _fetched);
        Interlocked.Add(ref _bytes, change.Size);
    }

    public void AddBucket() => Interlocked.Increment(ref _buckets);

    /// <summary>Shows the progress of the work until it has ended.</summary>
    public Task FollowAsync(Task work) => Polling.ShowAsync(pipeline, work, isOver =>
        pipeline.Progress(new(0, Activity, Status())
        {
            PercentComplete = Done() is { } part ? (int)(part * 100) : -1,
            SecondsRemaining = Done() is { } share ? (_paceOfJob ?? _pace).SecondsLeft(share) : -1,
            RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        }));

    // One bucket is either done or not, but for what a job tells.
    private double? Done() => job is { IsOver: false, TaskCount: > 0 } ? Math.Min(1, (double)(job.SucceededCount + job.FailedCount) / job.TaskCount)
        : buckets == 1 ? null
        : (double)Interlocked.Read(ref _buckets) / buckets;

    private string Status()
    {
        _paceOfJob = job is { JobId: not null, IsOver: false } ? _paceOfJob ?? new() : null;
        if (job is { JobId: not null, IsOver: false }) return $"{job}";
        var counted = buckets == 1 ? "" : $"{Interlocked.Read(ref _buckets):N0} of {buckets:N0} buckets, ";
        return $"{counted}{Interlocked.Read(ref _fetched):N0} objects {done} ({_pace.Describe(Interlocked.Read(ref _bytes))}){(Interlocked.Read(ref _kept) is > 0 and var kept ? $", {kept:N0} unchanged" : "")}";
    }
}
