using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Layers.Route53;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Tells of hosted zones of Route 53 how they are set up.</summary>
[Cmdlet(VerbsCommon.Get, "JadaHostedZone")]
[OutputType(typeof(HostedZone))]
public sealed class GetJadaHostedZoneCommand() : GetResourceCommand<HostedZone>(new HostedZoneView())
{
    /// <summary>The zones, by id or name, or from the pipeline; all of them where none is named. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ArgumentCompleter(typeof(ZoneNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? HostedZoneId { get; set; }

    private protected override string[]? Names => HostedZoneId.ToZoneNames();
}
