using JadaSnapshot.Engine.Inventory;

namespace JadaSnapshot.Engine.Estate;

/// <summary>An origin of a distribution that lies where it should not.</summary>
/// <param name="Distribution">The distribution.</param>
/// <param name="Expected">What it is to serve.</param>
/// <param name="Origin">The origin.</param>
/// <param name="Place">Where that reads.</param>
internal sealed record Misrouting(Distribution Distribution, DeploymentEnvironment Expected, DistributionOrigin Origin, BucketPlace Place)
{
    /// <summary>In words, to follow the distribution's name.</summary>
    public string Reason => $"is to serve {Words(Expected)}, and reads {Words(Expected == DeploymentEnvironment.Staging ? DeploymentEnvironment.Production : DeploymentEnvironment.Staging)}: {Place}";

    private static string Words(DeploymentEnvironment environment) => environment.ToString().ToLowerInvariant();
}

/// <summary>Holds the distributions of a site against where its production and its staging lie.</summary>
internal static class SiteRouting
{
    /// <summary>Every origin of the site's distributions that reads staging for production, or production for staging.</summary>
    public static IEnumerable<Misrouting> Find(EstateSite site, IReadOnlyList<Distribution> distributions) =>
        Find(site, distributions, site.ProductionDistributions, DeploymentEnvironment.Production)
            .Concat(Find(site, distributions, site.StagingDistributions, DeploymentEnvironment.Staging));

    /// <summary>Whether a place is staging of a site, or production.</summary>
    public static bool IsStaging(EstateSite site, BucketPlace place) => site.Staging.Any(pair => pair.Staging.Holds(place)) || NameWords.IsStagingPath(place.Prefix);

    private static IEnumerable<Misrouting> Find(EstateSite site, IReadOnlyList<Distribution> distributions, IReadOnlyList<string> ids, DeploymentEnvironment expected) =>
        from distribution in distributions
        where ids.Contains(distribution.DistributionId)
        from origin in distribution.Origins
        let place = StagingProposal.PlaceOf(origin)
        where place is not null && (expected == DeploymentEnvironment.Production ? IsStaging(site, place) : site.Buckets.Contains(place.BucketName) && !IsStaging(site, place))
        select new Misrouting(distribution, expected, origin, place);
}
