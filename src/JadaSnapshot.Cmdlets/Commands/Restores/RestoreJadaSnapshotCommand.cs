using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Brings back what a snapshot holds: the steps of a plan that are piped in, or all of it. The same command goes on where an earlier one was cut off.</summary>
[Cmdlet(VerbsData.Restore, "JadaSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaSnapshotCommand : ApplyRestoreCommand
{
    private const string StepSet = "Step";
    private const string SnapshotSet = "Snapshot";

    private readonly List<RestoreStep> _steps = [];

    /// <summary>Steps of a plan. What is there is looked at once more; a step that would now do something else than the plan said is not taken.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = StepSet)]
    [ValidateNotNull]
    public RestoreStep[] Step { get; set; } = [];

    /// <summary>The snapshot: its name in the store, <c>latest</c>, its folder, or <c>s3://bucket/prefix/v1.0</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SnapshotSet)]
    [Alias("Path", "FullName")]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public string Snapshot { get; set; } = "";

    /// <summary>The layers to restore; all that the snapshot has where none is named.</summary>
    [Parameter(ParameterSetName = SnapshotSet)]
    [ArgumentCompleter(typeof(LayerNames))]
    [ValidateNotNullOrEmpty]
    public string[]? Layer { get; set; }

    /// <summary>The names, ids or ARNs of the resources to restore; wildcards are allowed. All where none is named.</summary>
    [Parameter(ParameterSetName = SnapshotSet)]
    [ArgumentCompleter(typeof(AnyResourceNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    private protected override object? Target => Snapshot;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        _steps.AddRange(Step);
        if (ParameterSetName == StepSet) return;
        var names = new NamePatterns(Name);
        await ApplyAsync(Snapshot, names, new(LayerNames.Resolve(Layer), names.Match), pipeline, cancel);
    }

    private protected override async Task EndAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        foreach (var given in _steps.GroupBy(step => step.SnapshotPath, StringComparer.Ordinal))
        {
            var keys = given.Select(step => step.ResourceKey).ToHashSet(StringComparer.Ordinal);
            var layers = given.Select(step => step.Layer).Distinct(StringComparer.Ordinal).ToList();
            using var files = await OpenSnapshotAsync(given.Key, null, pipeline, cancel);
            var (run, steps) = await PlanAsync(files, new(layers, resource => keys.Contains(resource.Key)), pipeline, cancel);
            using (run) await ApplyAsync(run, [.. StillMeant(steps, given.ToDictionary(step => step.Id, StringComparer.Ordinal), pipeline)], pipeline, cancel);
        }
    }

    private static IEnumerable<RestoreStep> StillMeant(IReadOnlyList<RestoreStep> now, Dictionary<string, RestoreStep> planned, PipelineWriter pipeline)
    {
        foreach (var step in now)
        {
            if (!planned.TryGetValue(step.Id, out var before)) continue;
            // What is done meanwhile, or cannot be done any more, does no harm.
            if (step.Action == before.Action || step.Action is RestoreAction.Skip or RestoreAction.Cannot) yield return step;
            else pipeline.Error(new UsageException("PlanChanged", $"{step.Kind} {step.TargetName}: the plan said {before.Action}, and it would be {step.Action} now, because {step.Reason}.", "Make a new plan.") { Category = ErrorCategory.InvalidOperation }.ToErrorRecord(step));
        }
    }
}
