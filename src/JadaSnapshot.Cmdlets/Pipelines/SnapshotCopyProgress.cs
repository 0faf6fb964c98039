using System.Diagnostics;
using System.Management.Automation;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Formatting;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far the copy of a snapshot is: files, bytes and the rate.</summary>
internal sealed class SnapshotCopyProgress(Snapshot snapshot, string destination, CopyProgress progress, PipelineWriter pipeline)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Shows the progress of the work until it has ended.</summary>
    public Task FollowAsync(Task work) => Polling.ShowAsync(pipeline, work, isOver => pipeline.Progress(new(0, $"Copying {snapshot.Name} to {destination}", Status())
    {
        PercentComplete = snapshot.TotalBytes == 0 ? -1 : (int)Math.Clamp((decimal)progress.Bytes * 100 / snapshot.TotalBytes, 0, 100),
        RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    }));

    private string Status()
    {
        var rate = Display.Bytes((long)(progress.CopiedBytes / Math.Max(0.001, _clock.Elapsed.TotalSeconds)));
        return $"{progress.Files:N0} of {snapshot.FileCount:N0} files, {Display.Bytes(progress.Bytes)} of {Display.Bytes(snapshot.TotalBytes)} ({Display.Bytes(progress.CopiedBytes)} sent or fetched, {rate}/s)";
    }
}
