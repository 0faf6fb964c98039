using System.Management.Automation;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far a restore is: steps, bytes, rate and time left.</summary>
internal sealed class RestoreProgress(string snapshot, IReadOnlyCollection<RestoreStep> steps, PipelineWriter pipeline)
{
    // A step without bytes takes some calls, which is as long as so many bytes take.
    private const long BytesOfACall = 256 * 1024;

    private readonly Pace _pace = new();
    private readonly long _total = steps.Sum(step => step.Bytes ?? 0);
    private long _bytes;
    private int _done;

    /// <summary>Shows what is begun with.</summary>
    public void Begin() => Show(null);

    /// <summary>Takes note of a step that is over.</summary>
    public void Add(RestoreStep step)
    {
        _done++;
        _bytes += step.Bytes ?? 0;
        Show(step);
    }

    /// <summary>Takes the bar away.</summary>
    public void End() => pipeline.Progress(new(0, Activity, "Done") { RecordType = ProgressRecordType.Completed });

    private string Activity => $"Restoring {snapshot}";

    private void Show(RestoreStep? last)
    {
        var done = steps.Count == 0 ? 1 : (_bytes + (_done * (double)BytesOfACall)) / (_total + (steps.Count * BytesOfACall));
        pipeline.Progress(new(0, Activity, $"{_done:N0} of {steps.Count:N0} steps{(_total > 0 ? $", {_pace.Describe(_bytes, _total)}" : "")}")
        {
            PercentComplete = (int)(done * 100),
            SecondsRemaining = _pace.SecondsLeft(done),
            CurrentOperation = last?.ToString() ?? "",
        });
    }
}
