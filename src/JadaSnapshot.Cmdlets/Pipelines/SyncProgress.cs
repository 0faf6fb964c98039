using System.Management.Automation;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far a sync is: buckets, objects, bytes and the rate.</summary>
/// <param name="buckets">How many buckets there are.</param>
/// <param name="done">What is done with an object that differs: it is fetched, or copied.</param>
/// <param name="pipeline">Where it is shown.</param>
internal sealed class SyncProgress(int buckets, string done, PipelineWriter pipeline)
{
    private const string Activity = "Syncing buckets";

    private readonly Pace _pace = new();
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
            // One bucket is either done or not.
            PercentComplete = buckets == 1 ? -1 : (int)(Interlocked.Read(ref _buckets) * 100 / buckets),
            SecondsRemaining = buckets == 1 ? -1 : _pace.SecondsLeft((double)Interlocked.Read(ref _buckets) / buckets),
            RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        }));

    private string Status()
    {
        var counted = buckets == 1 ? "" : $"{Interlocked.Read(ref _buckets):N0} of {buckets:N0} buckets, ";
        return $"{counted}{Interlocked.Read(ref _fetched):N0} objects {done} ({_pace.Describe(Interlocked.Read(ref _bytes))}){(Interlocked.Read(ref _kept) is > 0 and var kept ? $", {kept:N0} unchanged" : "")}";
    }
}
