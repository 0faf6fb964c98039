using System.Xml.Linq;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>What DescribeJob and ListJobs say of a job.</summary>
internal static class JobDocument
{
    public static IEnumerable<XElement?> Summary(BatchJob job) =>
    [
        new("JobId", job.Id),
        Optional("Description", job.Description),
        new("Operation", job.OperationName),
        new("Priority", job.Priority),
        new("Status", job.Status),
        new("CreationTime", job.Created.IsoMilliseconds()),
        Time("TerminationDate", job.Terminated),
        Progress(job),
    ];

    public static IEnumerable<XElement?> Full(BatchJob job, string account) =>
    [
        new("JobId", job.Id),
        new("ConfirmationRequired", job.IsToBeConfirmed),
        Optional("Description", job.Description),
        new("JobArn", $"arn:aws:s3:{job.Region}:{account}:job/{job.Id}"),
        new("Status", job.Status),
        job.Manifest?.Element(),
        job.Operation.Element(),
        new("Priority", job.Priority),
        Progress(job),
        Optional("StatusUpdateReason", job.StatusReason),
        job.Failure is { } failure ? new("FailureReasons", new XElement("member", new XElement("FailureCode", failure.Code), new XElement("FailureReason", failure.Reason))) : null,
        job.Report.Element(),
        new("CreationTime", job.Created.IsoMilliseconds()),
        Time("TerminationDate", job.Terminated),
        new("RoleArn", job.RoleArn),
        Time("SuspendedDate", job.Suspended),
        job.Suspended is null ? null : new("SuspendedCause", "AwaitingConfirmation"),
        job.Generator?.Element(),
        job.GeneratedManifest is { } manifest
            ? new("GeneratedManifestDescriptor", new XElement("Format", GeneratedManifest.Format), new XElement("Location", new XElement("ObjectArn", manifest.Arn), new XElement("ETag", manifest.ETag)))
            : null,
    ];

    private static XElement? Progress(BatchJob job) => job.Tasks is not { } tasks ? null : new("ProgressSummary",
        new XElement("TotalNumberOfTasks", tasks.Count),
        new XElement("NumberOfTasksSucceeded", job.Results.Count - job.Failed),
        new XElement("NumberOfTasksFailed", job.Failed),
        new XElement("Timers", new XElement("ElapsedTimeInActiveSeconds", (long)job.Active.TotalSeconds)));

    private static XElement? Optional(string name, string? value) => value is null ? null : new(name, value);

    private static XElement? Time(string name, DateTimeOffset? time) => Optional(name, time?.IsoMilliseconds());
}
