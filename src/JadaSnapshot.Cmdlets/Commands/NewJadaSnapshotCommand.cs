using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Batch;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Captures the estate, all layers at once. The same command continues a snapshot that was interrupted.</summary>
[Cmdlet(VerbsCommon.New, "JadaSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(Snapshot))]
public sealed class NewJadaSnapshotCommand : JadaConnectedCommand
{
    /// <summary>The snapshot's name, which becomes its folder's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(UnfinishedSnapshotNames))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The folder that holds snapshots; that of the estate file where none is given. It is made where it does not exist.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>The layers to capture; all of them where none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerNames))]
    [ValidateNotNullOrEmpty]
    public string[]? Layer { get; set; }

    /// <summary>Objects whose key matches one of these are left out: <c>logs/*</c>. Those of the estate file, or none, where none is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ExcludeKey { get; set; }

    /// <summary>Buckets whose name matches one of these are left out: <c>scratch-*</c>. Those of the estate file, or none, where none is given.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ExcludeBucket { get; set; }

    /// <summary>
    /// Where buckets that are too large to carry are kept: <c>s3://bucket/prefix</c>. S3 copies their objects there, and the snapshot names each copy by its version. The bucket has to keep versions, and is left out of the
    /// snapshot itself. Every bucket is kept so, unless -KeepAbove, -KeepAboveCount or -KeepBucket say which ones are.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeepInS3 { get; set; }

    /// <summary>Keeps buckets of more bytes than this in S3: <c>100GB</c>.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long KeepAbove { get; set; }

    /// <summary>Keeps buckets of more objects than this in S3.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long KeepAboveCount { get; set; }

    /// <summary>Keeps buckets whose name matches one of these in S3, whatever their size.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? KeepBucket { get; set; }

    /// <summary>Who makes the copies: CopyObject, an object at a time and many at once, or a job of S3 Batch Operations for each bucket, for millions of objects.</summary>
    [Parameter]
    public CopyEngine KeepEngine { get; set; }

    /// <summary>The ARN of the role by which S3 Batch Operations reads the buckets and writes the copies.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BatchRole { get; set; }

    /// <summary>An earlier snapshot of the same account, by its name in the store, by a path, or <c>latest</c>: what is unchanged since is hard-linked from it, not fetched.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public string? Base { get; set; }

    /// <summary>Captures the noncurrent versions of objects as well. Without it they are listed only.</summary>
    [Parameter]
    public SwitchParameter AllVersions { get; set; }

    /// <summary>Captures the items of DynamoDB tables as well, as they are while they are scanned.</summary>
    [Parameter]
    public SwitchParameter IncludeData { get; set; }

    /// <summary>Has Lightsail make a snapshot of each instance, and waits for it. Without it this is done for the instances that the estate file names.</summary>
    [Parameter]
    public SwitchParameter IncludeInstanceSnapshot { get; set; }

    /// <summary>How many seconds an instance snapshot may take. One that takes longer is a problem of the snapshot, and goes on at Lightsail.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int InstanceSnapshotTimeout { get; set; } = 2_700;

    /// <summary>What is asked of each distribution beyond its configuration and tags: recent invalidations of those in use, unless said otherwise. CloudFront grants ten calls a second.</summary>
    [Parameter]
    public DistributionDetail DistributionDetail { get; set; } = DistributionDetail.InUse;

    /// <summary>The Google Apps Script projects to capture, which Google cannot list: a hashtable of names and script ids, or script ids alone. Those of the estate file, or none, where none is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? ScriptProject { get; set; }

    /// <summary>
    /// The folders of this machine to capture: a hashtable of names and paths, or paths alone, which are called as their last part is. In place of a path, a hashtable or an object
    /// with Path, Include, Exclude, UseGitIgnore and NotSecret says more. Without it, those of the estate file.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? LocalRoot { get; set; }

    /// <summary>Keeps each document that has secrets sealed as well, and local files that look like secrets, for whom this names: certificates as <c>Protect-CmsMessage -To</c> takes them, or KMS keys (<c>alias/…</c> or an ARN). Without it, for those whom the estate file names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? ProtectTo { get; set; }

    /// <summary>How many requests are in flight at most.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Begins anew where an unfinished snapshot of this name could be continued.</summary>
    [Parameter]
    public SwitchParameter Restart { get; set; }

    private protected override object? Target => Name;

    private EstateSnapshotSettings Declared => EstateFile?.Snapshot ?? new();

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var store = await StoreAsync(pipeline);
        if (EstateFile is { } estate) await EstateAccount.RequireAsync(estate, Connection, cancel);
        var keep = Keep();
        var order = new CaptureOrder
        {
            Store = store,
            Name = Name,
            Layers = LayerNames.Resolve(Layer),
            ExcludeKeys = ExcludeKey ?? Declared.ExcludeKeys,
            ExcludeBuckets = ExcludeBucket ?? Declared.ExcludeBuckets,
            Keep = keep,
            KeepBatch = KeepBatch(keep),
            Base = await BaseAsync(store, pipeline),
            AllVersions = Said(nameof(AllVersions), AllVersions, Declared.AllVersions),
            IncludeData = Said(nameof(IncludeData), IncludeData, Declared.IncludeData),
            IncludeInstanceSnapshot = Said(nameof(IncludeInstanceSnapshot), IncludeInstanceSnapshot, Declared.InstanceSnapshots.Count > 0),
            InstanceSnapshots = IncludeInstanceSnapshot ? null : Declared.InstanceSnapshots,
            InstanceSnapshotPatience = TimeSpan.FromSeconds(InstanceSnapshotTimeout),
            DistributionDetail = DistributionDetail,
            ScriptProjects = ScriptProject is null ? EstateFile?.ScriptProjects ?? new Dictionary<string, string>() : ScriptProjects.Read(ScriptProject).ByName,
            LocalRoots = LocalRoot is null ? EstateFile?.LocalRoots ?? [] : await pipeline.AskAsync(cmdlet => LocalRoots.Read(LocalRoot, cmdlet.ToFullPath)),
            OnWarning = pipeline.Warning,
            ThrottleLimit = ThrottleLimit,
            Restart = Restart,
        };
        if (await pipeline.AskAsync(cmdlet => cmdlet.IsWhatIf())) await ForecastAsync(order, pipeline, cancel);
        else if (await pipeline.ShouldProcessAsync($"Capturing the estate as '{Name}' into '{order.Store}'.", $"Capture the estate as '{Name}' into '{order.Store}'?"))
            await CaptureAsync(order with { Sealers = await Recipients.ToSealersAsync(RecipientsOr(ProtectTo), Connection, pipeline, cancel) }, pipeline, cancel);
    }

    // A switch that is given says no as well: -IncludeData:$false.
    private bool Said(string parameter, SwitchParameter given, bool declared) => MyInvocation.BoundParameters.ContainsKey(parameter) ? given.IsPresent : declared;

    // Whoever says which buckets are kept says it anew.
    private KeptInS3? Keep()
    {
        var given = MyInvocation.BoundParameters;
        var saysWhich = given.ContainsKey(nameof(KeepAbove)) || given.ContainsKey(nameof(KeepAboveCount)) || KeepBucket is not null;
        if ((KeepInS3 ?? Declared.KeepInS3?.Place) is not { } text)
            return saysWhich ? throw new UsageException("KeepPlaceMissing", "Which buckets are kept in S3 is said, and not where.", "Give -KeepInS3 s3://bucket/prefix, or 'keepInS3' in the estate file.") : null;
        var place = S3Place.Parse(text).ToString();
        return KeepInS3 is null && !saysWhich ? Declared.KeepInS3! with { Place = place } : new()
        {
            Place = place,
            Above = given.ContainsKey(nameof(KeepAbove)) ? KeepAbove : null,
            AboveCount = given.ContainsKey(nameof(KeepAboveCount)) ? KeepAboveCount : null,
            Buckets = KeepBucket ?? [],
        };
    }

    private BatchOrder? KeepBatch(KeptInS3? keep)
    {
        if (KeepEngine != CopyEngine.S3Batch)
            return BatchRole is null ? null : throw new UsageException("NoBatchEngine", "-BatchRole is for jobs of S3 Batch Operations.", "Give -KeepEngine S3Batch as well, or leave it out.");
        if (keep is null) throw new UsageException("KeepPlaceMissing", "-KeepEngine says who makes the copies that are kept in S3, and none are.", "Give -KeepInS3 s3://bucket/prefix, or 'keepInS3' in the estate file.");
        var place = S3Place.Parse(keep.Place).Below("bucket");
        return BatchOrders.Of(BatchRole, new("bucket"), new(place.Bucket, place.Prefix), "Change -BatchRole or -KeepInS3, or leave -KeepEngine out.");
    }

    private async Task<string> StoreAsync(PipelineWriter pipeline) =>
        Store is { } given ? await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(given))
        : EstateFile?.Store ?? throw Missing("StoreMissing", "The folder that holds snapshots", "-Store", "store");

    // A name in the store is none of PowerShell's paths.
    private async Task<string?> BaseAsync(string store, PipelineWriter pipeline) =>
        (Base ?? Declared.Base) is LatestSnapshot.Word ? LatestSnapshot.Before(Name, store)
        : Base is { } given && given.AsSpan().ContainsAny('/', '\\') ? await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(given))
        : Base ?? Declared.Base;

    private async Task CaptureAsync(CaptureOrder order, PipelineWriter pipeline, CancellationToken cancel)
    {
        var run = new CaptureRun(Connection, order);
        var capture = run.RunAsync(problem => pipeline.Error(problem.ToErrorRecord()), cancel);
        await new CaptureProgress(Name, pipeline).FollowAsync(run.Progress, capture);
        pipeline.Write(await capture);
    }

    private async Task ForecastAsync(CaptureOrder order, PipelineWriter pipeline, CancellationToken cancel)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var estate = new EstateInventory(Connection, new() { ScriptProjects = order.ScriptProjects, LocalRoots = order.LocalRoots, ExcludeBuckets = KeyPatterns.Of(order.ExcludeBuckets), Keep = order.Keep });
        await foreach (var resource in estate.ListAsync(order.Layers, problem => pipeline.Error(problem.ToErrorRecord()), cancel))
            counts[resource.Layer] = counts.GetValueOrDefault(resource.Layer) + 1;

        foreach (var (layer, count) in counts)
            await pipeline.ShouldProcessAsync($"Capture {count:N0} {(count == 1 ? "resource" : "resources")} of {layer} into '{Path.Join(order.Store, Name)}'.", "");
    }
}
