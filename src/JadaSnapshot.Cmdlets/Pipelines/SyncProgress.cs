using System.Diagnostics;
using System.Management.Automation;
using JadaSnapshot.Formatting;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far a sync is: buckets, objects, bytes and the rate.</summary>
/// <param name="buckets">How many buckets there are.</param>
/// <param name="done">What is done with an object that differs: it is fetched, or copied.</param>
/// <param name="pipeline">Where it is shown.</param>
internal sealed class SyncProgress(int buckets, string done, PipelineWriter pipeline)
{
    private const string Activity = "Syncing buckets";

    private readonly Stopwatch _clock = Stopwatch.StartNew();
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
    public Task FollowAsync(Task work) => Polling.ShowAsync(work, isOver =>
        pipeline.Progress(new(0, Activity, Status())
        {
            PercentComplete = (int)(Interlocked.Read(ref _buckets) * 100 / buckets),
            RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        }));

    private string Status()
    {
        var bytes = Interlocked.Read(ref _bytes);
        var rate = Display.Bytes((long)(bytes / Math.Max(0.001, _clock.Elapsed.TotalSeconds)));
        return $"{Interlocked.Read(ref _buckets):N0} of {buckets:N0} buckets, {Interlocked.Read(ref _fetched):N0} objects {done} ({Display.Bytes(bytes)}, {rate}/s){(Interlocked.Read(ref _kept) is > 0 and var kept ? $", {kept:N0} unchanged" : "")}";
    }
}
