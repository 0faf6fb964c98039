using System.Xml.Linq;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>A distribution that takes files from a bucket.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="DistributionId">The distribution's id.</param>
/// <param name="Hosts">The names that it answers to: its aliases, or its own domain name where it has none.</param>
/// <param name="IsStaging">Whether it serves staging: by itself, or by what it takes from the bucket.</param>
/// <param name="IsEnabled">Whether it serves anything.</param>
/// <param name="IsWebsite">Whether it reads the bucket's website endpoint.</param>
internal sealed record BucketOrigin(string Bucket, string DistributionId, IReadOnlyList<string> Hosts, bool IsStaging, bool IsEnabled, bool IsWebsite)
{
    /// <summary>The origins in a page of ListDistributions that are buckets.</summary>
    public static IEnumerable<BucketOrigin> In(XElement page) =>
        from summary in page.All("Items", "DistributionSummary")
        let distribution = DistributionView.Read(summary)
        from origin in distribution.Origins
        where origin.Kind is OriginKind.Bucket or OriginKind.BucketWebsite
        select new BucketOrigin(
            origin.Name,
            distribution.DistributionId,
            distribution.Aliases.Count > 0 ? distribution.Aliases : [distribution.DomainName],
            distribution.Environment == DeploymentEnvironment.Staging || origin.Environment == DeploymentEnvironment.Staging,
            distribution.Enabled,
            origin.Kind == OriginKind.BucketWebsite);
}
