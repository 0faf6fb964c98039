using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.CloudFront;

namespace JadaSnapshot.Commands.Resources;

/// <summary>
/// Exports CloudFront distributions, with fingerprints in place of the values of custom origin headers, and the policies, access controls,
/// functions and keys that they name.
/// </summary>
[Cmdlet(VerbsData.Export, "JadaDistribution", SupportsShouldProcess = true)]
[OutputType(typeof(ResourceExport))]
public sealed class ExportJadaDistributionCommand() : ExportSecretResourceCommand(new DistributionView())
{
    /// <summary>The distributions, by id, alias, domain name or ARN, or from the pipeline; all of them where none is named. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name", "DomainName", "Arn")]
    [ArgumentCompleter(typeof(DistributionNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? DistributionId { get; set; }

    /// <summary>What is asked of each distribution beyond its configuration and tags: everything, unless said otherwise.</summary>
    [Parameter]
    public DistributionDetail DistributionDetail { get; set; } = DistributionDetail.All;

    private protected override string[]? Names => DistributionId;

    private protected override LayerOptions Options => new() { DistributionDetail = DistributionDetail };
}
