using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>A cmdlet that brings back resources of one layer, by their names.</summary>
public abstract class RestoreResourceCommand : ApplyRestoreCommand
{
    /// <summary>The snapshot: its name in the store, <c>latest</c>, its folder, or <c>s3://bucket/prefix/v1.0</c>.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public virtual string Snapshot { get; set; } = "";

    /// <summary>The layer.</summary>
    private protected abstract string LayerName { get; }

    /// <summary>The kinds of resource that names are looked up among.</summary>
    private protected abstract IReadOnlyList<string> Kinds { get; }

    /// <summary>The names that were given.</summary>
    private protected abstract string[] Names { get; }

    /// <summary>What of the resources is restored.</summary>
    private protected virtual RestoreSelection Narrow(RestoreSelection selection) => selection;

    private protected override object? Target => string.Join(", ", Names);

    private protected override Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var names = new NamePatterns(Names);
        return ApplyAsync(Snapshot, names, Narrow(new([LayerName], resource => Kinds.Contains(resource.Kind) && names.Match(resource))), pipeline, cancel);
    }
}
