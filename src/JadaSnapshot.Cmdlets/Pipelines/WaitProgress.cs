using System.Collections.Concurrent;
using System.Management.Automation;
using JadaSnapshot.Engine.Recovery;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far something is that a service does in its own time, and says once how it is followed by whoever stops waiting.</summary>
internal sealed class WaitProgress(PipelineWriter pipeline)
{
    private readonly ConcurrentDictionary<string, int> _bars = new(StringComparer.Ordinal);

    /// <summary>Shows it; may be called from any thread.</summary>
    public void Show(RestoreWait wait)
    {
        if (_bars.TryAdd(wait.Command, _bars.Count + 1)) pipeline.Information($"{wait.What}. That goes on without this command: {wait.Command}");
        pipeline.Progress(new(_bars[wait.Command], wait.What, $"{wait.Done:N0} of {wait.Total:N0}")
        {
            ParentActivityId = 0,
            PercentComplete = wait.Total > 0 ? (int)Math.Min(100, wait.Done * 100 / wait.Total) : -1,
            RecordType = wait.Done < wait.Total ? ProgressRecordType.Processing : ProgressRecordType.Completed,
        });
    }
}
