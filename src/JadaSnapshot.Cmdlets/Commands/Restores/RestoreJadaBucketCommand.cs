using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.S3;

namespace JadaSnapshot.Commands;

/// <summary>Brings buckets back: the bucket, its objects with all that goes with them, and its configuration.</summary>
[Cmdlet(VerbsData.Restore, "JadaBucket", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaBucketCommand : RestoreResourceCommand
{
    /// <summary>The buckets, by name; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(BucketNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] BucketName { get; set; } = [];

    private protected override string LayerName => S3Layer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["bucket"];

    private protected override string[] Names => BucketName;
}
