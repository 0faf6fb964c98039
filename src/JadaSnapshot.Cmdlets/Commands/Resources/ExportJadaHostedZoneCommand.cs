using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Layers.Route53;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Exports hosted zones of Route 53, each with a zone file for other name servers and a report of what such a file cannot say, and the health checks that they name.</summary>
[Cmdlet(VerbsData.Export, "JadaHostedZone", SupportsShouldProcess = true)]
[OutputType(typeof(ResourceExport))]
public sealed class ExportJadaHostedZoneCommand() : ExportResourceCommand(new HostedZoneView())
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
