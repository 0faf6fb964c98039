using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Formatting;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Says what differs between two snapshots, or between a snapshot and what there is now.</summary>
[Cmdlet(VerbsData.Compare, "JadaSnapshot", DefaultParameterSetName = SnapshotSet)]
[OutputType(typeof(Difference), typeof(ComparisonSummary))]
public sealed class CompareJadaSnapshotCommand : JadaConnectedCommand
{
    private const string SnapshotSet = "Snapshot";
    private const string LiveSet = "Live";

    /// <summary>The snapshot to compare against: its name in the store, its folder, or <c>s3://bucket/prefix/v1.0</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "ReferenceSnapshot")]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public string Reference { get; set; } = "";

    /// <summary>The other snapshot: its name in the store, its folder, or <c>s3://bucket/prefix/v1.0</c>.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = SnapshotSet)]
    [Alias("DifferenceSnapshot")]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public string Other { get; set; } = "";

    /// <summary>Compares with what there is now. Nothing is downloaded that a checksum or an ETag can decide.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiveSet)]
    public SwitchParameter Live { get; set; }

    /// <summary>The store that holds snapshots: a folder, or <c>s3://bucket/prefix</c>; that of the estate file where none is given, else the current folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>The layers to compare; all that both sides have where none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerNames))]
    [ValidateNotNullOrEmpty]
    public string[]? Layer { get; set; }

    /// <summary>Hands out the counts of each layer instead of each difference.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>
    /// Takes what buckets hold now from their newest reports of S3 Inventory instead of listing them: what came, changed or went since is not seen, and a warning
    /// says since when. A bucket without a report that serves is listed, and a warning says that, too.
    /// </summary>
    [Parameter(ParameterSetName = LiveSet)]
    public SwitchParameter FromInventory { get; set; }

    /// <summary>How many requests are in flight at most.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    private protected override object? Target => Reference;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var origins = new ListingOrigins(pipeline);
        using var reference = await OpenSnapshotAsync(Reference, Store, pipeline, cancel);
        using var other = Live ? null : await OpenSnapshotAsync(Other, Store, pipeline, cancel);
        using var comparison = await OpenAsync(reference, other, origins, pipeline, cancel);
        var work = CompareAsync(comparison, pipeline, cancel);
        await new CaptureProgress($"{Reference} and live", pipeline, "Comparing").FollowAsync(comparison.Progress, work);
        await work;

        origins.WarnOfAge();
        origins.WarnOfListed();
        if (Summary)
            foreach (var layer in comparison.Summaries) pipeline.Write(layer);
        else if (comparison.Summaries.All(layer => layer.IsEqual))
            pipeline.Information($"{comparison.Summaries.Sum(layer => layer.ComparedCount):N0} objects and documents of {comparison.Summaries.Sum(layer => layer.ResourceCount):N0} resources ({Display.Bytes(comparison.Summaries.Sum(layer => layer.ComparedBytes))}) are equal.");
    }

    private async Task<SnapshotComparison> OpenAsync(SnapshotFiles reference, SnapshotFiles? other, ListingOrigins origins, PipelineWriter pipeline, CancellationToken cancel)
    {
        var layers = LayerNames.Resolve(Layer);
        return other is null
            ? await SnapshotComparison.LiveAsync(reference, Connection, new() { ThrottleLimit = ThrottleLimit, FromInventory = FromInventory ? origins.Add : null, ScriptProjects = EstateFile?.ScriptProjects ?? new Dictionary<string, string>(), LocalRoots = EstateFile?.LocalRoots ?? [] }, layers, OnProblem, cancel)
            : SnapshotComparison.Of(reference, other, layers, OnProblem, () => Connection);

        void OnProblem(Problem problem) => pipeline.Error(problem.ToErrorRecord());
    }

    private async Task CompareAsync(SnapshotComparison comparison, PipelineWriter pipeline, CancellationToken cancel)
    {
        await foreach (var difference in comparison.CompareAsync(cancel))
            if (!Summary) pipeline.Write(difference);
    }
}
