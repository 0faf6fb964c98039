using System.Management.Automation;
using JadaSnapshot.Formatting;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far the verification of a snapshot is.</summary>
internal sealed class VerificationProgress(Snapshot snapshot, PipelineWriter pipeline)
{
    private long _files, _bytes;

    /// <summary>Takes note of what was read so far; from any thread.</summary>
    public void Report(long files, long bytes)
    {
        Volatile.Write(ref _files, files);
        Volatile.Write(ref _bytes, bytes);
    }

    /// <summary>Shows the progress until the work has ended.</summary>
    public Task FollowAsync(Task work) => Polling.ShowAsync(work, isOver => pipeline.Progress(Bar(isOver)));

    private ProgressRecord Bar(bool isOver)
    {
        var (files, bytes) = (Volatile.Read(ref _files), Volatile.Read(ref _bytes));
        return new(0, $"Verifying {snapshot.Name}", $"{files:N0} of {snapshot.FileCount:N0} files, {Display.Bytes(bytes)}")
        {
            PercentComplete = snapshot.TotalBytes == 0 ? -1 : (int)Math.Clamp((decimal)bytes * 100 / snapshot.TotalBytes, 0, 100),
            RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
    }
}
