using System.Management.Automation;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far the verification of a snapshot is.</summary>
internal sealed class VerificationProgress(Snapshot snapshot, PipelineWriter pipeline)
{
    private readonly Pace _pace = new();
    private long _files, _bytes;

    /// <summary>Takes note of what was read so far; from any thread.</summary>
    public void Report(long files, long bytes)
    {
        Volatile.Write(ref _files, files);
        Volatile.Write(ref _bytes, bytes);
    }

    /// <summary>Shows the progress until the work has ended.</summary>
    public Task FollowAsync(Task work) => Polling.ShowAsync(pipeline, work, isOver => pipeline.Progress(Bar(isOver)));

    private ProgressRecord Bar(bool isOver)
    {
        var (files, bytes) = (Volatile.Read(ref _files), Volatile.Read(ref _bytes));
        var done = snapshot.TotalBytes == 0 ? 0 : Math.Clamp((double)bytes / snapshot.TotalBytes, 0, 1);
        return new(0, $"Verifying {snapshot.Name}", $"{files:N0} of {snapshot.FileCount:N0} files, {_pace.Describe(bytes, snapshot.TotalBytes)}")
        {
            PercentComplete = snapshot.TotalBytes == 0 ? -1 : (int)(done * 100),
            SecondsRemaining = _pace.SecondsLeft(done),
            RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
    }
}
