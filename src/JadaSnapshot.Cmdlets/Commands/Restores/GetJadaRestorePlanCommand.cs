using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Says what a restore would do, step by step, in the order in which it is done: what is made, what is changed and how, what is equal, what cannot be done and why. Changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "JadaRestorePlan")]
[OutputType(typeof(RestoreStep))]
public sealed class GetJadaRestorePlanCommand : RestoreCommand
{
    /// <summary>The snapshot: its name in the store, <c>latest</c>, its folder, or <c>s3://bucket/prefix/v1.0</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName")]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public string Snapshot { get; set; } = "";

    /// <summary>The layers to restore; all that the snapshot has where none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerNames))]
    [ValidateNotNullOrEmpty]
    public string[]? Layer { get; set; }

    /// <summary>The names, ids or ARNs of the resources to restore; wildcards are allowed. All where none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AnyResourceNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    private protected override object? Target => Snapshot;

    private protected override Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var names = new NamePatterns(Name);
        return PlanAsync(Snapshot, names, new(LayerNames.Resolve(Layer), names.Match), (_, steps) =>
        {
            foreach (var step in steps) pipeline.Write(step);
            return Task.CompletedTask;
        }, pipeline, cancel);
    }
}
