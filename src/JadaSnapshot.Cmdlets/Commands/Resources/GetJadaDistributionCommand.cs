using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.CloudFront;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Tells of CloudFront distributions how they are set up: where each origin leads, and whether it is production or staging.</summary>
[Cmdlet(VerbsCommon.Get, "JadaDistribution")]
[OutputType(typeof(Distribution))]
public sealed class GetJadaDistributionCommand() : GetResourceCommand<Distribution>(new DistributionView())
{
    /// <summary>The distributions, by id, alias, domain name or ARN, or from the pipeline; all of them where none is named. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name", "DomainName", "Arn")]
    [ArgumentCompleter(typeof(DistributionNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? DistributionId { get; set; }

    private protected override string[]? Names => DistributionId;
}
