using System.Management.Automation;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows how far the verification of a snapshot is.</summary>
internal sealed class VerificationProgress(Snapshot snapshot, PipelineWriter pipeline)
{
    private readonly Pace _pace = new();
    private long _files, _bytes, _copies;

    /// <summary>Takes note of what was read so far; from any thread.</summary>
    public void Report(long files, long bytes)
    {
        Volatile.Write(ref _files, files);
        Volatile.Write(ref _bytes, bytes);
    }

    /// <summary>Takes note of how many copies in S3 were looked up so far; from any thread.</summary>
    public void ReportCopies(long copies) => Volatile.Write(ref _copies, copies);

    /// <summary>Shows the progress until the work has ended.</summary>
    public Task FollowAsync(Task work) => Polling.ShowAsync(pipeline, work, isOver => pipeline.Progress(Bar(isOver)));

    private ProgressRecord Bar(bool isOver)
    {
        var (files, bytes, copies) = (Volatile.Read(ref _files), Volatile.Read(ref _bytes), Volatile.Read(ref _copies));
        var done = snapshot.TotalBytes == 0 ? 0 : Math.Clamp((double)bytes / snapshot.TotalBytes, 0, 1);
        return new(0, $"Verifying {snapshot.Name}", $"{files:N0} of {snapshot.FileCount:N0} files, {_pace.Describe(bytes, snapshot.TotalBytes)}{(copies > 0 ? $"; {copies:N0} of {snapshot.KeptInS3?.ObjectCount:N0} copies in S3" : "")}")
        {
            PercentComplete = snapshot.TotalBytes == 0 ? -1 : (int)(done * 100),
            SecondsRemaining = _pace.SecondsLeft(done),
            RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
    }
}
