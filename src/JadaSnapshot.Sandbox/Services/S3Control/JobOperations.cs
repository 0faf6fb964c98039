using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>Jobs are made, looked at, confirmed and cancelled.</summary>
internal sealed class JobOperations(JobState state)
{
    private const int MostPerPage = 10;

    private static readonly HashSet<string> Statuses =
        ["Active", "Cancelled", "Cancelling", "Complete", "Completing", "Failed", "Failing", "New", "Paused", "Pausing", "Preparing", "Ready", "Suspended"];

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateJob", "POST /v20180820/jobs", Create);
        operations.Add("ListJobs", "GET /v20180820/jobs", ListAsync);
        operations.Add("DescribeJob", "GET /v20180820/jobs/{id}", (call, cancel) => InTurnAsync(state.Job(call),
            job => S3ControlService.Respond("DescribeJobResult", new XElement("Job", JobDocument.Full(job, state.World.Account))), cancel));
        operations.Add("UpdateJobStatus", "POST /v20180820/jobs/{id}/status", (call, cancel) => InTurnAsync(state.Job(call), job => ChangeStatus(call, job), cancel));
        operations.Add("UpdateJobPriority", "POST /v20180820/jobs/{id}/priority", (call, cancel) => InTurnAsync(state.Job(call), job => ChangePriority(call, job), cancel));
    }

    private SandboxResponse Create(Call call)
    {
        state.CheckAccount(call);
        var asked = call.Xml.Named("CreateJobRequest");
        var token = asked.Need("ClientRequestToken", JobRules.BadRequest);
        JobRules.Check(asked);
        var job = state.Add(call.Region, token, asked, number => new()
        {
            Id = state.World.NewGuid(),
            Number = number,
            Region = call.Region,
            RoleArn = asked.Need("RoleArn", JobRules.BadRequest),
            Token = token,
            Request = asked,
            Operation = Kept(call, asked, "Operation")!,
            Report = Kept(call, asked, "Report")!,
            Manifest = Kept(call, asked, "Manifest"),
            Generator = Kept(call, asked, "ManifestGenerator"),
            Description = asked.Text("Description"),
            IsToBeConfirmed = asked.Flag("ConfirmationRequired"),
            Priority = asked.Number("Priority", JobRules.BadRequest)!.Value,
            Tags = JobTagOperations.Read(asked.Element("Tags")),
            Created = state.World.Clock.GetUtcNow(),
            Since = state.World.Clock.GetUtcNow(),
            Step = state.World.Settling.Jobs,
        });
        return S3ControlService.Respond("CreateJobResult", new XElement("JobId", job.Id));
    }

    private async ValueTask<SandboxResponse> ListAsync(Call call, CancellationToken cancel)
    {
        state.CheckAccount(call);
        HashSet<string> wanted = [.. call.Request.Query.Where(pair => pair.Key == "jobStatuses").Select(pair => pair.Value)];
        if (wanted.FirstOrDefault(status => !Statuses.Contains(status)) is { } unknown) throw new SandboxException(400, "InvalidRequestException", $"There is no status {unknown}.");
        var size = call.PageSize("maxResults", MostPerPage, "InvalidRequestException");
        var jobs = state.All(call.Region);
        foreach (var job in jobs) await InTurnAsync(job, static job => job.Status, cancel);
        var page = jobs.Where(job => wanted.Count == 0 || wanted.Contains(job.Status))
            .After(Marker.Open(call.Query("nextToken"), "InvalidNextTokenException"), size, job => $"{job.Number:D9}");
        return S3ControlService.Respond("ListJobsResult",
            page.Marker is null ? null : new XElement("NextToken", Marker.Seal(page.Marker)),
            new XElement("Jobs", page.Items.Select(job => new XElement("member", JobDocument.Summary(job)))));
    }

    private SandboxResponse ChangeStatus(Call call, BatchJob job)
    {
        var (from, to) = call.Query("requestedJobStatus") switch
        {
            "Ready" => (["Suspended"], "Ready"),
            "Cancelled" => ((string[])["New", "Preparing", "Suspended", "Ready", "Active", "Paused", "Pausing"], "Cancelling"),
            var other => throw new SandboxException(400, JobRules.BadRequest, $"A job cannot be asked to be '{other}'."),
        };
        if (!from.Contains(job.Status)) throw new SandboxException(400, "JobStatusException", $"A job that is {job.Status} cannot become {call.Query("requestedJobStatus")}.");
        job.StatusReason = call.Query("statusUpdateReason");
        JobRunner.Enter(job, to, state.World.Clock.GetUtcNow());
        return S3ControlService.Respond("UpdateJobStatusResult",
            new XElement("JobId", job.Id), new XElement("Status", job.Status), job.StatusReason is null ? null : new XElement("StatusUpdateReason", job.StatusReason));
    }

    private static SandboxResponse ChangePriority(Call call, BatchJob job)
    {
        job.Priority = JobRules.Priority(call.Query("priority"));
        return S3ControlService.Respond("UpdateJobPriorityResult", new XElement("JobId", job.Id), new XElement("Priority", job.Priority));
    }

    private async ValueTask<T> InTurnAsync<T>(BatchJob job, Func<BatchJob, T> answer, CancellationToken cancel)
    {
        await job.Turn.WaitAsync(cancel);
        try
        {
            await state.Runner.AdvanceAsync(job, cancel);
            return answer(job);
        }
        finally
        {
            job.Turn.Release();
        }
    }

    private static KeptXml? Kept(Call call, XElement asked, string name) => asked.Element(name) is { } element ? KeptXml.From(call, element) : null;
}
