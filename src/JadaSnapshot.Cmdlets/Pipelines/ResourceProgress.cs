using System.Management.Automation;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how much of one kind of resources is done.</summary>
internal sealed class ResourceProgress(string activity, PipelineWriter pipeline)
{
    /// <summary>Shows the progress until the work has ended.</summary>
    public Task FollowAsync(LayerProgress progress, Task work) => Polling.ShowAsync(pipeline, work, isOver => pipeline.Progress(Bar(progress, isOver)));

    private ProgressRecord Bar(LayerProgress progress, bool isOver) =>
        new(0, activity, progress.State == LayerState.Capturing ? $"{progress.ResourcesDone:N0} of {progress.ResourcesFound:N0}" : $"Listing, {progress.ResourcesFound:N0} found")
        {
            PercentComplete = progress.State == LayerState.Capturing && progress.ResourcesFound > 0 ? (int)(progress.ResourcesDone * 100 / progress.ResourcesFound) : -1,
            CurrentOperation = progress.Current,
            RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
}
