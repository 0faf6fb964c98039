using System.Management.Automation;
using JadaSnapshot.Engine.Layers.Lambda;

namespace JadaSnapshot.Commands;

/// <summary>Brings functions back: role, layers, code, configuration, versions, aliases, permissions, event sources and addresses.</summary>
[Cmdlet(VerbsData.Restore, "JadaLambda", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaLambdaCommand : RestoreResourceCommand
{
    /// <summary>The functions, by name or ARN; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "FunctionArn")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] FunctionName { get; set; } = [];

    private protected override string LayerName => LambdaLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["function"];

    private protected override string[] Names => FunctionName;
}
