using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Batch;

/// <summary>A job as S3 Control describes it (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_JobDescriptor.html"/>).</summary>
internal sealed record BatchJob
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its state: <c>New</c>, <c>Preparing</c>, <c>Ready</c>, <c>Active</c>, <c>Complete</c> …</summary>
    public required string Status { get; init; }

    /// <summary>What whoever made it said that it is.</summary>
    public string? Description { get; init; }

    /// <summary>Its priority.</summary>
    public int Priority { get; init; }

    /// <summary>The number of its tasks, as far as they are counted.</summary>
    public long TaskCount { get; init; }

    /// <summary>How many of them went well.</summary>
    public long SucceededCount { get; init; }

    /// <summary>How many of them did not.</summary>
    public long FailedCount { get; init; }

    /// <summary>Why the job as a whole failed, where it did: codes and words.</summary>
    public IReadOnlyList<(string Code, string Reason)> Failures { get; init; } = [];

    /// <summary>Whether nothing will change any more.</summary>
    public bool IsOver => IsComplete || Status is "Failed" or "Cancelled";

    /// <summary>Whether it went through all of its tasks, however they went.</summary>
    public bool IsComplete => Status == "Complete";

    /// <summary>Why it is not complete, as a failure of the call that it stands for.</summary>
    /// <param name="missing">How many objects it left.</param>
    public ServiceException ToException(long missing)
    {
        var (code, reason) = Failures.FirstOrDefault((Status == "Cancelled" ? "JobCancelled" : "JobFailed", ""));
        var why = reason.Length == 0 ? "" : $": {UnseenText.Without(reason).TrimEnd('.')}";
        return new($"Job {Id} was {(Status == "Cancelled" ? "cancelled" : "given up by S3")}{why}. {missing:N0} objects that it was to copy are not there.")
        {
            Kind = ErrorCodes.Kind(code, 0),
            Code = code,
            Service = "s3",
            Operation = FailedTask.Operation,
        };
    }

    /// <summary>Reads a description, whole or of a list.</summary>
    /// <exception cref="InvalidDataException">It has no id or no status.</exception>
    public static BatchJob Read(XElement job) => new()
    {
        Id = job.Text("JobId") ?? throw new InvalidDataException("S3 Control describes a job without an id."),
        Status = job.Text("Status") ?? throw new InvalidDataException("S3 Control describes a job without a status."),
        Description = job.Text("Description"),
        Priority = (int)Math.Min(int.MaxValue, Number(job.Text("Priority"))),
        TaskCount = Number(Sum(job, "TotalNumberOfTasks")),
        SucceededCount = Number(Sum(job, "NumberOfTasksSucceeded")),
        FailedCount = Number(Sum(job, "NumberOfTasksFailed")),
        Failures = [.. job.All("FailureReasons", "member").Select(failure => (failure.Text("FailureCode") ?? "JobFailed", failure.Text("FailureReason") ?? ""))],
    };

    private static string? Sum(XElement job, string name) => job.All("ProgressSummary", name).FirstOrDefault()?.Value;

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
