using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Route53;

namespace JadaSnapshot.Commands;

/// <summary>Brings hosted zones back: the zone, and its records, the targets of aliases first.</summary>
[Cmdlet(VerbsData.Restore, "JadaHostedZone", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaHostedZoneCommand : RestoreResourceCommand
{
    /// <summary>The zones, by name or id; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ArgumentCompleter(typeof(ZoneNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] HostedZoneId { get; set; } = [];

    private protected override string LayerName => Route53Layer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["hosted-zone"];

    private protected override string[] Names => HostedZoneId;
}
