using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.CloudFront;

namespace JadaSnapshot.Commands;

/// <summary>Brings distributions back, with what they refer to.</summary>
[Cmdlet(VerbsData.Restore, "JadaDistribution", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaDistributionCommand : RestoreResourceCommand
{
    /// <summary>The distributions, by alias, domain name or id; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name", "DomainName", "Arn")]
    [ArgumentCompleter(typeof(DistributionNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] DistributionId { get; set; } = [];

    private protected override string LayerName => CloudFrontLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["distribution"];

    private protected override string[] Names => DistributionId;
}
