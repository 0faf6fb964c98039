using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.S3Control;

internal sealed class JobState(SandboxWorld world)
{
    private readonly Regional<Dictionary<string, BatchJob>> _jobs = new();
    private readonly Lock _lock = new();

    public SandboxWorld World => world;

    public JobRunner Runner { get; } = new(world);

    /// <exception cref="SandboxException">The header names another account than the caller's.</exception>
    public void CheckAccount(Call call)
    {
        if (call.Header(S3ControlService.AccountHeader) != world.Account) throw new SandboxException(403, "AccessDenied", "Access Denied");
    }

    public IReadOnlyList<BatchJob> All(string region)
    {
        lock (_lock) return [.. _jobs.In(region).Values];
    }

    /// <exception cref="SandboxException">There is no such job in the region.</exception>
    public BatchJob Job(Call call)
    {
        CheckAccount(call);
        lock (_lock) return _jobs.In(call.Region).GetValueOrDefault(call.Label("id")) ?? throw new SandboxException(404, "NoSuchJobException", "No such job");
    }

    /// <summary>Keeps a new job, unless one was made with the same token.</summary>
    /// <exception cref="SandboxException">The token was used for another request.</exception>
    public BatchJob Add(string region, string token, XElement request, Func<int, BatchJob> make)
    {
        lock (_lock)
        {
            var jobs = _jobs.In(region);
            if (jobs.Values.FirstOrDefault(job => job.Token == token) is not { } known)
            {
                var job = make(jobs.Count);
                jobs.Add(job.Id, job);
                return job;
            }
            return XNode.DeepEquals(known.Request, request) ? known : throw new SandboxException(400, "IdempotencyException", "The ClientRequestToken was used for a job with other parameters.");
        }
    }
}
