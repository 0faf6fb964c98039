using System.Management.Automation;
using JadaSnapshot.Formatting;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far the removal of a snapshot is.</summary>
internal sealed class RemovalProgress(string name, PipelineWriter pipeline)
{
    private long _files, _freed;

    /// <summary>Takes note of what was deleted so far; from any thread.</summary>
    public void Report(long files, long freed)
    {
        Volatile.Write(ref _files, files);
        Volatile.Write(ref _freed, freed);
    }

    /// <summary>Shows the progress until the work has ended.</summary>
    public Task FollowAsync(Task work) => Polling.ShowAsync(pipeline, work, isOver => pipeline.Progress(
        new(0, $"Removing {name}", $"{Volatile.Read(ref _files):N0} files, {Display.Bytes(Volatile.Read(ref _freed))} freed") { RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing }));
}
