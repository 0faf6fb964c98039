using System.Management.Automation;
using JadaSnapshot.Engine.Inventory;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far an inventory of buckets is.</summary>
internal sealed class InventoryProgress(PipelineWriter pipeline)
{
    /// <summary>Shows the progress of a run until its work has ended.</summary>
    public Task FollowAsync(BucketInventoryRun run, Task work) => Polling.ShowAsync(pipeline, work, isOver => pipeline.Progress(Bar(run.Progress, isOver)));

    private static ProgressRecord Bar(BucketInventoryProgress progress, bool isOver) =>
        new(0, "Looking at buckets", progress.BucketsFound == 0 ? "Listing" : $"{progress.BucketsDone:N0} of {progress.BucketsFound:N0} buckets, {progress.ObjectsCounted:N0} objects")
        {
            PercentComplete = progress.BucketsFound == 0 ? -1 : progress.BucketsDone * 100 / progress.BucketsFound,
            RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
}
