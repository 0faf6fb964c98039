using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Recovery;

namespace JadaSnapshot.Commands;

/// <summary>Brings functions back: role, layers, code, configuration, versions, aliases, permissions, event sources and addresses.</summary>
[Cmdlet(VerbsData.Restore, "JadaLambda", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaLambdaCommand : RestoreResourceCommand
{
    /// <summary>The functions, by name or ARN; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "FunctionArn")]
    [ArgumentCompleter(typeof(FunctionNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] FunctionName { get; set; } = [];

    /// <summary>Gives the functions the code and the configuration of this published version of the snapshot, and leaves what is attached to them as it is: a rollback.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Version { get; set; }

    private protected override RestoreSelection Narrow(RestoreSelection selection) => Version > 0 ? selection.To(Version) : selection;

    private protected override string LayerName => LambdaLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["function"];

    private protected override string[] Names => FunctionName;
}
