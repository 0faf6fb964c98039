using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>
/// Copies buckets to a folder, and fetches only what has changed since; or makes a bucket, or a prefix in one, what another is, without
/// fetching anything. All buckets share one pool of workers.
/// </summary>
[Cmdlet(VerbsData.Sync, "JadaBucket", DefaultParameterSetName = FolderSet, SupportsShouldProcess = true)]
[OutputType(typeof(BucketSyncResult), typeof(BucketCopyResult), typeof(ObjectChange))]
public sealed partial class SyncJadaBucketCommand : JadaConnectedCommand
{
    private const string FolderSet = "Folder";
    private const string BucketSet = "Bucket";
    private const int BucketsAtOnce = 16;

    private readonly List<string> _buckets = [];

    /// <summary>The buckets, by name or from the pipeline. Wildcards are allowed.</summary>
    [SupportsWildcards]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BucketNames))]
    [ValidateNotNullOrEmpty]
    public string[] BucketName { get; set; } = [];

    /// <summary>The folder below which each bucket has one of its own name. It is made where it does not exist.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = FolderSet)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Keys that are wanted although an earlier <see cref="Exclude"/> leaves them out. Of -Include and -Exclude, what is given later decides, as in <c>aws s3 sync</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Include { get; set; }

    /// <summary>Keys that are left out: <c>logs/*</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Exclude { get; set; }

    /// <summary>Deletes copies whose objects the bucket does not hold any more: in a folder only what a sync wrote; in another bucket whatever it alone holds, after a question.</summary>
    [Parameter]
    public SwitchParameter Delete { get; set; }

    /// <summary>
    /// Takes what a bucket holds from its newest report of S3 Inventory instead of listing it. Objects that came since are not seen; nothing is deleted, so that -Delete
    /// cannot be given too. A bucket without a report that serves is listed, and a warning says so. A destination bucket is listed in any case.
    /// </summary>
    [Parameter]
    public SwitchParameter FromInventory { get; set; }

    /// <summary>The most copies that are deleted of one bucket; where more would be, none is, and an error says so.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxDelete { get; set; } = 1000;

    /// <summary>How many requests are in flight at most, over all buckets.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Hands on each object that was fetched, copied or deleted, before the bucket's result.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? Target => ParameterSetName == BucketSet ? DestinationBucket : Destination;

    private protected override Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        _buckets.AddRange(BucketName);
        return Task.CompletedTask;
    }

    private protected override async Task EndAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        if (FromInventory && Delete) throw new UsageException("DeleteFromInventory", "An inventory is older than what it tells of: what it does not list may well be there, so nothing is deleted on its word.", "Leave out -FromInventory, or -Delete.");
        var origins = new ListingOrigins(pipeline);
        await (ParameterSetName == BucketSet ? CopyAsync(pipeline, origins, cancel) : FetchAsync(pipeline, origins, cancel));
        origins.WarnOfAge();
        origins.WarnOfListed();
    }

    // All buckets are synced together, so that the small ones fill the gaps of the big ones.
    private async Task FetchAsync(PipelineWriter pipeline, ListingOrigins origins, CancellationToken cancel)
    {
        if (Engine != CopyEngine.CopyObject) throw new UsageException("BatchToFolder", "S3 Batch Operations copies from bucket to bucket, and not to a folder.", "Give -DestinationBucket in place of a folder, or leave -Engine out.");
        var order = new SyncOrder
        {
            Destination = await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(Destination)),
            Rules = Rules(),
            Delete = Delete,
            MaxDelete = MaxDelete,
            FromInventory = FromInventory ? origins.Add : null,
            ThrottleLimit = ThrottleLimit,
            PlanOnly = await pipeline.AskAsync(cmdlet => cmdlet.IsWhatIf()),
        };
        SnapshotReader.RequireOutside(order.Destination);
        List<string> buckets = [];
        foreach (var bucket in await BucketsAsync(pipeline, cancel))
            if (await pipeline.ShouldProcessAsync($"Syncing {bucket} to '{order.Destination}'.", $"Sync {bucket} to '{order.Destination}'?") || order.PlanOnly) buckets.Add(bucket);
        if (buckets.Count == 0) return;

        using var sync = new BucketSync(Connection, order);
        var progress = new SyncProgress(buckets.Count, "fetched", pipeline);
        var work = Parallel.ForEachAsync(buckets, new ParallelOptions { MaxDegreeOfParallelism = BucketsAtOnce, CancellationToken = cancel },
            async (bucket, token) => await SyncAsync(sync, bucket, order.PlanOnly, progress, pipeline, token));
        await progress.FollowAsync(work);
        await work;
    }

    private async Task<IReadOnlyList<string>> BucketsAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        if (!_buckets.Any(WildcardPattern.ContainsWildcardCharacters)) return [.. _buckets.Distinct(StringComparer.Ordinal)];
        var names = new NamePatterns(_buckets);
        List<string> found = [];
        await foreach (var bucket in new EstateInventory(Connection).ListAsync([S3Layer.LayerName], problem => pipeline.Error(problem.ToErrorRecord()), cancel))
            if (names.Match(bucket.Name)) found.Add(bucket.Name);
        return [.. found, .. names.Unmatched];
    }

    private async Task SyncAsync(BucketSync sync, string bucket, bool isPlan, SyncProgress progress, PipelineWriter pipeline, CancellationToken cancel)
    {
        try
        {
            var result = await sync.SyncAsync(bucket, change =>
            {
                progress.Add(change);
                if ((isPlan || PassThru) && change.Action != ObjectAction.Keep) pipeline.Write(change);
            }, problem => pipeline.Error(problem.ToErrorRecord()), cancel);
            if (!isPlan) pipeline.Write(result);
        }
        catch (StoreException exception) when (exception.Fault == StoreFault.InUse)
        {
            pipeline.Error(exception.ToErrorRecord(bucket));
        }
        finally
        {
            progress.AddBucket();
        }
    }

    /// <summary>Bound parameters come in the order in which they were given.</summary>
    private List<KeyRule> Rules()
    {
        List<KeyRule> rules = [];
        foreach (var name in MyInvocation.BoundParameters.Keys)
        {
            if (name == nameof(Include)) rules.AddRange(Include!.Select(pattern => new KeyRule(Includes: true, pattern)));
            if (name == nameof(Exclude)) rules.AddRange(Exclude!.Select(pattern => new KeyRule(Includes: false, pattern)));
        }
        return rules;
    }
}
