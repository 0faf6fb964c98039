using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.Iam;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>Moves jobs on. A job does what it would have done by now when somebody looks at it.</summary>
/// <remarks>
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-job-status.html"/>. Faults of <c>s3control</c> meet tasks too: the operation is the job's (<c>S3PutObjectCopy</c>), what
/// they are matched with is <c>/bucket/key</c> of the object. With the operation <c>RunJob</c> they meet a job as it is prepared: it fails, or takes longer.
/// </remarks>
internal sealed class JobRunner(SandboxWorld world)
{
    private const int TasksBeforeThreshold = 1_000;

    private readonly S3Objects _objects = new(world);

    /// <summary>Brings a job to a status as of a moment.</summary>
    public static void Enter(BatchJob job, string status, DateTimeOffset at)
    {
        if (job.Status == "Active") job.Active += at - job.Since;
        (job.Status, job.Since) = (status, at);
        if (status == "Suspended") job.Suspended = at;
        if (status is "Complete" or "Failed" or "Cancelled") job.Terminated = at;
    }

    public async Task AdvanceAsync(BatchJob job, CancellationToken cancel)
    {
        while (job.Status is not ("Suspended" or "Complete" or "Failed" or "Cancelled"))
        {
            var elapsed = world.Clock.GetUtcNow() - job.Since;
            if (job.Status == "Active") await RunAsync(job, elapsed, cancel);
            if (job.Status != "Failing" && elapsed < job.Step) return;
            var next = job.Status switch
            {
                "New" => "Preparing",
                "Preparing" => await PrepareAsync(job, cancel),
                "Ready" => "Active",
                "Active" => "Completing",
                "Completing" => await ReportAsync(job, "Complete", cancel),
                "Cancelling" => await ReportAsync(job, "Cancelled", cancel),
                _ => await ReportAsync(job, "Failed", cancel),
            };
            Enter(job, next, job.Since + job.Step);
        }
    }

    private async Task<string> PrepareAsync(BatchJob job, CancellationToken cancel)
    {
        try
        {
            if (world.Faults.Meet("s3control", "RunJob", $"/v20180820/jobs/{job.Id}") is { } fault)
            {
                if (fault.Kind is not FaultKind.Delay) throw Refusal(fault);
                job.Step += fault.Delay;
            }
            if (!world.Get<IamService>().CanAssume(job.RoleArn, S3ControlService.Principal))
                throw new SandboxException(403, "AccessDenied", $"S3 Batch Operations cannot assume the role {job.RoleArn}.");
            if (job.Report.Tree.Element("Bucket")?.Value is { } report && !_objects.HasBucket(JobRules.BucketOf(report)))
                throw new SandboxException(404, "NoSuchBucket", $"The report cannot be written: there is no bucket {report}.");
            job.Tasks = job.Manifest is { } manifest
                ? await JobManifest.ReadAsync(manifest.Tree, _objects, cancel)
                : await GeneratedManifest.MakeAsync(job, _objects, cancel);
            return job.IsToBeConfirmed ? "Suspended" : "Ready";
        }
        catch (SandboxException failure)
        {
            job.Failure = (failure.Code, failure.Message);
            return "Failed";
        }
    }

    private async Task RunAsync(BatchJob job, TimeSpan elapsed, CancellationToken cancel)
    {
        var share = job.Step > TimeSpan.Zero ? Math.Min(1, elapsed / job.Step) : 1;
        while (job.Results.Count < (int)(job.Tasks!.Count * share))
        {
            job.Add(await RunAsync(job, job.Tasks[job.Results.Count], cancel));
            if (job.Results.Count < TasksBeforeThreshold || job.Failed * 2 <= job.Results.Count) continue;
            job.Failure = ("JobFailureThresholdExceeded", "The share of failed tasks exceeds 50 %.");
            Enter(job, "Failing", job.Since + elapsed);
            return;
        }
    }

    private async Task<TaskResult> RunAsync(BatchJob job, BatchTask task, CancellationToken cancel)
    {
        try
        {
            if (world.Faults.Meet("s3control", job.OperationName, $"/{task.Bucket}/{task.Key}") is { } fault) throw Refusal(fault);
            await TaskRequest.SendAsync(job, task, _objects, cancel);
            return new(task, 200, null, "Successful");
        }
        catch (SandboxException refusal)
        {
            return new(task, refusal.Status, refusal.Code, refusal.Message);
        }
    }

    private async Task<string> ReportAsync(BatchJob job, string status, CancellationToken cancel)
    {
        if (job.Results.Count > 0) await CompletionReport.WriteAsync(job, _objects, world.Clock.GetUtcNow(), cancel);
        return status;
    }

    private static SandboxException Refusal(Fault fault) => fault.Kind switch
    {
        FaultKind.Deny => new(403, "AccessDenied", "Access Denied"),
        FaultKind.Throttle => new(503, "SlowDown", "Please reduce your request rate."),
        FaultKind.Vanish => new(404, "NoSuchKey", "The specified key does not exist."),
        FaultKind.Change => new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"),
        _ => new(fault.Status, fault.Code, fault.Message),
    };
}
