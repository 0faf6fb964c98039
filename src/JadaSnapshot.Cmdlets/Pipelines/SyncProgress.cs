using System.Diagnostics;
using System.Management.Automation;
using JadaSnapshot.Formatting;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far a sync is: buckets, objects, bytes and the rate.</summary>
internal sealed class SyncProgress(int buckets, PipelineWriter pipeline)
{
    private const string Activity = "Syncing buckets";

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _buckets, _fetched, _bytes, _kept;

    public void Add(ObjectChange change)
    {
        if (change.Action == ObjectAction.Keep) Interlocked.Increment(ref _kept);
        if (change.Action != ObjectAction.Download) return;
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
        return $"{Interlocked.Read(ref _buckets):N0} of {buckets:N0} buckets, {Interlocked.Read(ref _fetched):N0} objects fetched ({Display.Bytes(bytes)}, {rate}/s), {Interlocked.Read(ref _kept):N0} unchanged";
    }
}
