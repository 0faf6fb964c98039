using System.Globalization;

namespace JadaSnapshot.Engine.Batch;

/// <summary>How far a job of S3 Batch Operations is. May be read at any time.</summary>
public sealed class BatchProgress
{
    private volatile BatchJob? _job;
    private volatile bool _isCancelled;

    /// <summary>The job; null before there is one.</summary>
    public string? JobId => _job?.Id;

    /// <summary>Its state, in the service's own word: <c>Active</c>.</summary>
    public string? Status => _job?.Status;

    /// <summary>Whether its end has come.</summary>
    public bool IsOver => _job?.IsOver == true;

    /// <summary>The number of objects that it is to copy; 0 while S3 has not counted them.</summary>
    public long TaskCount => _job?.TaskCount ?? 0;

    /// <summary>How many of them it has copied.</summary>
    public long SucceededCount => _job?.SucceededCount ?? 0;

    /// <summary>How many it could not copy.</summary>
    public long FailedCount => _job?.FailedCount ?? 0;

    /// <summary>Whether S3 took the order to cancel it.</summary>
    public bool IsCancelled => _isCancelled;

    /// <summary>Is told whenever the job was looked at.</summary>
    internal Action<BatchProgress>? OnLook { get; init; }

    /// <summary>How far it is, in words.</summary>
    public override string ToString() =>
        JobId is null ? "" : string.Create(CultureInfo.CurrentCulture, $"job {JobId} is {Status}{(TaskCount == 0 ? "" : $": {SucceededCount:N0} of {TaskCount:N0} objects copied")}{(FailedCount == 0 ? "" : $", {FailedCount:N0} failed")}");

    internal BatchJob Show(BatchJob job)
    {
        _job = job;
        OnLook?.Invoke(this);
        return job;
    }

    internal void Cancelled() => _isCancelled = true;
}
