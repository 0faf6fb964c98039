using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Batch;

/// <summary>What became of an object that a job was to copy.</summary>
/// <param name="Key">What is left of its key below the prefix.</param>
/// <param name="Planned">What was noted of it; null where nothing was, and the report speaks of it all the same.</param>
/// <param name="Failed">Why it was not copied; null where the report says nothing of it.</param>
internal sealed record TaskOutcome(string Key, PlannedCopy? Planned, FailedTask? Failed);

/// <summary>
/// Has S3 Batch Operations copy objects of one place to another, all with one job: writes its manifest, begins it, watches it, cancels it where
/// the watching is cancelled, and reads what failed.
/// </summary>
/// <param name="connection">Who calls.</param>
/// <param name="s3">The same for S3 itself.</param>
/// <param name="places">The places for uploads and downloads.</param>
/// <param name="source">Where the objects come from.</param>
/// <param name="destination">Where they go.</param>
/// <param name="order">How.</param>
/// <param name="progress">Is told how far the job is.</param>
internal sealed class BatchCopy(AwsConnection connection, S3Client s3, WorkPool places, BucketPlace source, BucketPlace destination, BatchOrder order, BatchProgress progress) : IDisposable
{
    private const int SortRunSize = 50_000;

    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(5);

    // What was begun a moment ago may not be known everywhere.
    private static readonly TimeSpan UnknownGrace = TimeSpan.FromSeconds(30);

    // A job that waits for somebody to confirm it was made by hand.
    private static readonly string[] Unfinished = ["New", "Preparing", "Ready", "Active", "Paused", "Pausing", "Completing", "Cancelling", "Failing"];

    private readonly CopyPlan _plan = new(source);
    private BatchJobs? _jobs;

    private ExternalSort<FailedTask> Failed => field ??= new(_plan.Folder, SortRunSize, (one, other) => Utf8Order.Instance.Compare(one.Key, other.Key), StoreJson.Lines.FailedTask);

    /// <summary>Whether a job copies an object as it is. It does not copy where an object redirects to, which has no content as a rule, nor what takes parts.</summary>
    /// <param name="size">The object's size in bytes.</param>
    /// <param name="parts">Which objects take parts.</param>
    public static bool Copies(long size, PartRule parts) => size > 0 && size < parts.From;

    /// <summary>Waits for a job that an earlier run began between the same places and did not see end; null where there is none. What it copied is there then.</summary>
    /// <exception cref="ServiceException">The caller may not look.</exception>
    public async Task<BatchJob?> AwaitEarlierAsync(CancellationToken cancel)
    {
        var jobs = await JobsAsync(cancel);
        var known = CopyJob.Describe(source, destination);
        BatchJob? last = null;
        await foreach (var job in jobs.ListAsync(Unfinished, cancel))
        {
            if (job.Description != known) continue;
            if (job.Priority != order.Priority) await HurryAsync(jobs, job, cancel);
            last = await WatchAsync(jobs, job.Id, cancel);
        }
        return last;
    }

    /// <summary>Notes the next object for the job, in the order of keys.</summary>
    public void Add(SideObject from, SideObject? there, ChangeReason reason) => _plan.Add(from, there, reason);

    /// <summary>Has the job copy what was noted, and waits for its end; null where nothing was.</summary>
    /// <param name="onTrouble">Is told why the report does not say what failed.</param>
    /// <param name="cancel">Ends it, and cancels the job.</param>
    /// <exception cref="ServiceException">The job cannot be begun or watched.</exception>
    public async Task<BatchJob?> RunAsync(Action<Exception> onTrouble, CancellationToken cancel)
    {
        if (_plan.Count == 0) return null;
        var jobs = await JobsAsync(cancel);
        var report = order.ReportFor(destination);
        ObjectPlace manifest = new(report.Bucket, $"{report.Prefix}manifests/{Guid.NewGuid()}.csv");
        CopyJob copy = new(source, destination, order, manifest, await _plan.UploadAsync(s3, places, manifest, cancel));
        // Whoever is cancelled while the answer is on its way would not know what to cancel.
        var job = await WatchAsync(jobs, await jobs.CreateAsync(copy, CancellationToken.None), cancel);
        if (job.FailedCount > 0) await ReadReportAsync(job, onTrouble, cancel);
        return job;
    }

    /// <summary>What was noted, in the order of keys, each with what the job's report says of it; and at its place what only the report knows.</summary>
    public async IAsyncEnumerable<TaskOutcome> OutcomesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var failed = Failed.Sorted().LastOfEachKey(task => task.Key).ToAsyncEnumerable();
        await foreach (var (planned, failure) in MergeJoin.JoinAsync(_plan.Read().ToAsyncEnumerable(), planned => planned.Key, failed, failure => failure.Key, Utf8Order.Instance, cancel))
            yield return new(planned?.Key ?? failure!.Key, planned, failure);
    }

    public void Dispose()
    {
        Failed.Dispose();
        _plan.Dispose();
    }

    private async Task<BatchJobs> JobsAsync(CancellationToken cancel)
    {
        if (_jobs is not null) return _jobs;
        // The job has to be where its copies go, and S3 says where that is.
        await s3.CallAsync(new() { Operation = "HeadBucket", Method = HttpMethod.Head, Bucket = destination.BucketName }, static (_, _, _) => Task.FromResult(true), cancel);
        var caller = await connection.GetCallerIdentityAsync(cancel);
        return _jobs = new(connection, caller.Account, s3.RegionOf(destination.BucketName));
    }

    private async Task HurryAsync(BatchJobs jobs, BatchJob job, CancellationToken cancel)
    {
        try
        {
            await jobs.SetPriorityAsync(job.Id, order.Priority, cancel);
        }
        catch (ServiceException exception) when (exception.Kind == FailureKind.Invalid)
        {
            // It is about to end.
        }
    }

    private async Task<BatchJob> WatchAsync(BatchJobs jobs, string id, CancellationToken cancel)
    {
        var since = TimeProvider.System.GetTimestamp();
        try
        {
            cancel.ThrowIfCancellationRequested();
            return await Waiting.LookAsync(LookAsync, job => job.IsOver, TimeSpan.MaxValue, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await CancelAsync(jobs, id);
            throw;
        }

        async Task<BatchJob> LookAsync()
        {
            try
            {
                return progress.Show(await jobs.DescribeAsync(id, cancel));
            }
            catch (ServiceException exception) when (exception.Kind == FailureKind.NotFound && TimeProvider.System.GetElapsedTime(since) < UnknownGrace)
            {
                return progress.Show(new() { Id = id, Status = "New" });
            }
        }
    }

    private async Task CancelAsync(BatchJobs jobs, string id)
    {
        using var grace = new CancellationTokenSource(CancelGrace);
        try
        {
            await jobs.CancelAsync(id, "The command that watched it was stopped.", grace.Token);
            progress.Cancelled();
        }
        catch (Exception exception) when (exception is ServiceException or OperationCanceledException or ObjectDisposedException)
        {
            // It goes on then, and the next run finds it.
        }
    }

    private async Task ReadReportAsync(BatchJob job, Action<Exception> onTrouble, CancellationToken cancel)
    {
        var read = 0L;
        try
        {
            await foreach (var failed in new JobReport(s3, places, order.ReportFor(destination), job.Id, source, _plan.Folder).FailedAsync(cancel))
            {
                Failed.Add(failed);
                read++;
            }
            if (read != job.FailedCount) onTrouble(new InvalidDataException($"The job's report names {read:N0} objects that were not copied, and the job counts {job.FailedCount:N0}."));
        }
        catch (Exception exception) when (exception is ServiceException or InvalidDataException)
        {
            onTrouble(exception);
        }
    }
}
