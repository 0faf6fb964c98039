using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <content>From bucket to bucket.</content>
public sealed partial class SyncJadaBucketCommand
{
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
            ThrottleLimit = ThrottleLimit,
            PlanOnly = await pipeline.AskAsync(cmdlet => cmdlet.IsWhatIf()),
        };
        var what = Delete ? $"{source} to {destination}, and delete what {destination} alone holds" : $"{source} to {destination}";
        if (!await pipeline.ShouldProcessAsync($"Copying {what}.", $"Copy {what}?") && !order.PlanOnly) return;
        if (Delete && !await pipeline.AskAsync(cmdlet => cmdlet.ConfirmsHighImpact($"Copy {what}?", "Confirm"))) return;

        using var copy = new BucketCopy(Connection, order);
        var progress = new SyncProgress(1, "copied", pipeline);
        var work = copy.RunAsync(change =>
        {
            progress.Add(change);
            if (order.PlanOnly || PassThru) pipeline.Write(change);
        }, problem => pipeline.Error(problem.ToErrorRecord()), cancel);
        await progress.FollowAsync(work);
        var result = await work;
        if (!order.PlanOnly) pipeline.Write(result);
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
