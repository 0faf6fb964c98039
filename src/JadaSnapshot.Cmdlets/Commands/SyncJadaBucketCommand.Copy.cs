using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Batch;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <content>From bucket to bucket.</content>
public sealed partial class SyncJadaBucketCommand
{
    private BatchProgress? _job;

    /// <summary>The bucket that is made what the source is. S3 copies, with headers, metadata and tags.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BucketSet)]
    [ArgumentCompleter(typeof(BucketNames))]
    [ValidateNotNullOrEmpty]
    public string DestinationBucket { get; set; } = "";

    /// <summary>The prefix below which the copies lie: <c>_staging/</c>. Without it, the whole bucket is the destination.</summary>
    [Parameter(ParameterSetName = BucketSet)]
    [AllowEmptyString]
    public string DestinationPrefix { get; set; } = "";

    /// <summary>The prefix below which the objects lie that are copied. Without it, the whole bucket is the source.</summary>
    [Parameter(ParameterSetName = BucketSet)]
    [AllowEmptyString]
    public string Prefix { get; set; } = "";

    /// <summary>Copies objects of the same bytes too where headers, metadata or tags differ, which takes a few requests for each object.</summary>
    [Parameter(ParameterSetName = BucketSet)]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Who copies between buckets: CopyObject, an object at a time and many at once, or one job of S3 Batch Operations, for millions of objects.</summary>
    [Parameter]
    public CopyEngine Engine { get; set; }

    /// <summary>The ARN of the role by which S3 Batch Operations reads the source and writes the copies.</summary>
    [Parameter(ParameterSetName = BucketSet)]
    [ValidateNotNullOrEmpty]
    public string? BatchRole { get; set; }

    /// <summary>Where the job's manifest and report lie: <c>s3://bucket/prefix</c>. Without it, <c>.jada-batch/</c> of the destination's bucket.</summary>
    [Parameter(ParameterSetName = BucketSet)]
    [ValidateNotNullOrEmpty]
    public string? BatchReport { get; set; }

    /// <summary>Which of the account's jobs goes first: that with the higher number.</summary>
    [Parameter(ParameterSetName = BucketSet)]
    [ValidateRange(0, int.MaxValue)]
    public int BatchPriority { get; set; } = 10;

    private async Task CopyAsync(PipelineWriter pipeline, ListingOrigins origins, CancellationToken cancel)
    {
        var source = new BucketPlace(await OnlyBucketAsync(pipeline, cancel), Folder(Prefix));
        var destination = new BucketPlace(DestinationBucket, Folder(DestinationPrefix));
        if (source == destination) throw new UsageException("SamePlace", $"{source} cannot be copied to itself.", "Give another -DestinationBucket or -DestinationPrefix.");
        var order = new BucketCopyOrder
        {
            Source = source,
            Destination = destination,
            Rules = [.. MeantToDiffer(source, destination, pipeline), .. Rules()],
            WithMetadata = Detailed,
            Delete = Delete,
            MaxDelete = MaxDelete,
            FromInventory = FromInventory ? origins.Add : null,
            Batch = BatchOrderFor(source, destination),
            ThrottleLimit = ThrottleLimit,
            PlanOnly = await pipeline.AskAsync(cmdlet => cmdlet.IsWhatIf()),
        };
        var what = Delete ? $"{source} to {destination}, and delete what {destination} alone holds" : $"{source} to {destination}";
        if (!await pipeline.ShouldProcessAsync($"Copying {what}.", $"Copy {what}?") && !order.PlanOnly) return;
        if (Delete && !await pipeline.AskAsync(cmdlet => cmdlet.ConfirmsHighImpact($"Copy {what}?", "Confirm"))) return;

        using var copy = new BucketCopy(Connection, order);
        var progress = new SyncProgress(1, "copied", pipeline, copy.Progress);
        _job = copy.Progress;
        var work = copy.RunAsync(change =>
        {
            progress.Add(change);
            if (order.PlanOnly || PassThru) pipeline.Write(change);
        }, problem => pipeline.Error(problem.ToErrorRecord()), cancel);
        await progress.FollowAsync(work);
        var result = await work;
        if (!order.PlanOnly) pipeline.Write(result);
    }

    // Who stops it is told what became of the job, which does not end with this process.
    private protected override void OnStopped()
    {
        if (_job is not { JobId: { } id, IsOver: false }) return;
        Host.UI.WriteWarningLine(_job.IsCancelled
            ? $"Job {id} is cancelled. What it has copied stays; the same command does what is left."
            : $"Job {id} could not be cancelled and goes on. The same command finds it: or cancel it in the console of S3.");
    }

    private BatchOrder? BatchOrderFor(BucketPlace source, BucketPlace destination)
    {
        if (Engine != CopyEngine.S3Batch)
            return BatchRole is null && BatchReport is null ? null : throw new UsageException("NoBatchEngine", "-BatchRole and -BatchReport are for a job of S3 Batch Operations.", "Give -Engine S3Batch as well, or leave them out.");
        return BatchOrders.Of(BatchRole, source, destination, "Change -BatchRole, -BatchReport or the prefixes, or leave -Engine out.",
            order => order with { Report = BatchReport is null ? null : S3Place.Parse(BatchReport), Priority = BatchPriority });
    }

    private async Task<string> OnlyBucketAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var buckets = await BucketsAsync(pipeline, cancel);
        return buckets is [var bucket] ? bucket : throw new UsageException(
            "SeveralSources", $"{buckets.Count} buckets cannot become one: their objects would take each other's places.", "Name one bucket as the source, and run the command for each.");
    }

    // What production and staging are meant to have each their own way, such as robots.txt, stays where it is unless it is asked for.
    private IEnumerable<KeyRule> MeantToDiffer(BucketPlace source, BucketPlace destination, PipelineWriter pipeline)
    {
        var pair = EstateFile?.Sites.SelectMany(site => site.Staging)
            .FirstOrDefault(pair => (pair.Staging == source && pair.Production == destination) || (pair.Staging == destination && pair.Production == source));
        foreach (var rule in pair?.MeantToDiffer ?? [])
        {
            pipeline.Information($"{rule.Pattern} is left out: {rule.Reason}. -Include brings it in.");
            yield return new(Includes: false, rule.Pattern);
        }
    }

    private static string Folder(string prefix) => prefix.Length == 0 || prefix.EndsWith('/') ? prefix : prefix + "/";
}
