using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Compare;
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

    /// <summary>The snapshot to compare against: its name in the store, or its folder.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "ReferenceSnapshot")]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public string Reference { get; set; } = "";

    /// <summary>The other snapshot: its name in the store, or its folder.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = SnapshotSet)]
    [Alias("DifferenceSnapshot")]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public string Other { get; set; } = "";

    /// <summary>Compares with what there is now. Nothing is downloaded that a checksum or an ETag can decide.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiveSet)]
    public SwitchParameter Live { get; set; }

    /// <summary>The folder that holds snapshots; that of the estate file where none is given, else the current one.</summary>
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

    /// <summary>How many requests are in flight at most.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    private protected override object? Target => Reference;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        using var comparison = await OpenAsync(pipeline, cancel);
        var work = CompareAsync(comparison, pipeline, cancel);
        await new CaptureProgress($"{Reference} and live", pipeline, "Comparing").FollowAsync(comparison.Progress, work);
        await work;

        if (Summary)
            foreach (var layer in comparison.Summaries) pipeline.Write(layer);
        else if (comparison.Summaries.All(layer => layer.IsEqual))
            pipeline.Information($"{comparison.Summaries.Sum(layer => layer.ComparedCount):N0} objects and documents of {comparison.Summaries.Sum(layer => layer.ResourceCount):N0} resources ({Display.Bytes(comparison.Summaries.Sum(layer => layer.ComparedBytes))}) are equal.");
    }

    private async Task<SnapshotComparison> OpenAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var layers = LayerNames.Resolve(Layer);
        var reference = await FindSnapshotAsync(Reference, Store, pipeline);
        return Live
            ? await SnapshotComparison.LiveAsync(reference, Connection, new() { ThrottleLimit = ThrottleLimit, ScriptProjects = EstateFile?.ScriptProjects ?? new Dictionary<string, string>(), LocalRoots = EstateFile?.LocalRoots ?? [] }, layers, OnProblem, cancel)
            : SnapshotComparison.Of(reference, await FindSnapshotAsync(Other, Store, pipeline), layers, OnProblem, () => Connection);

        void OnProblem(Problem problem) => pipeline.Error(problem.ToErrorRecord());
    }

    private async Task CompareAsync(SnapshotComparison comparison, PipelineWriter pipeline, CancellationToken cancel)
    {
        await foreach (var difference in comparison.CompareAsync(cancel))
            if (!Summary) pipeline.Write(difference);
    }
}
