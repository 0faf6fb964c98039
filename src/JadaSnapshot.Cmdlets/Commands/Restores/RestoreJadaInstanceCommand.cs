using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Lightsail;

namespace JadaSnapshot.Commands;

/// <summary>Brings Lightsail instances back, made anew from their snapshots, with addresses and ports.</summary>
[Cmdlet(VerbsData.Restore, "JadaInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaInstanceCommand : RestoreResourceCommand
{
    /// <summary>The instances, by name; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(InstanceNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] InstanceName { get; set; } = [];

    private protected override string LayerName => LightsailLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["instance"];

    private protected override string[] Names => InstanceName;
}
