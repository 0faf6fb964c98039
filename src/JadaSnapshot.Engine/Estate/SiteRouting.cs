using JadaSnapshot.Engine.Inventory;

namespace JadaSnapshot.Engine.Estate;

/// <summary>An origin that reads staging for production, or production for staging.</summary>
/// <param name="Distribution">The distribution.</param>
/// <param name="Expected">What it is to serve.</param>
/// <param name="Origin">The origin.</param>
/// <param name="Place">Where that reads.</param>
internal sealed record Misrouting(Distribution Distribution, DeploymentEnvironment Expected, DistributionOrigin Origin, BucketPlace Place)
{
    /// <summary>In words, to follow the distribution's name.</summary>
    public string Reason => $"is to serve {(IsStaging ? "staging" : "production")}, and reads {(IsStaging ? "production" : "staging")}: {Place}";

    private bool IsStaging => Expected == DeploymentEnvironment.Staging;
}

/// <summary>Holds the distributions of sites against where their production and their staging lie.</summary>
internal sealed class SiteRouting(BucketLook look)
{
    /// <summary>Every origin of the site's distributions that reads from the wrong place.</summary>
    /// <exception cref="Wire.ServiceException">A bucket cannot be looked into.</exception>
    public async Task<IReadOnlyList<Misrouting>> FindAsync(EstateSite site, IReadOnlyList<Distribution> distributions, CancellationToken cancel)
    {
        List<Misrouting> found = [];
        foreach (var (ids, expected) in new[] { (site.ProductionDistributions, DeploymentEnvironment.Production), (site.StagingDistributions, DeploymentEnvironment.Staging) })
            foreach (var distribution in distributions.Where(distribution => ids.Contains(distribution.DistributionId)))
                found.AddRange(await FindAsync(site, distribution, expected, cancel));
        return found;
    }

    /// <summary>Every origin of one distribution that reads from the wrong place.</summary>
    /// <exception cref="Wire.ServiceException">A bucket cannot be looked into.</exception>
    public async Task<IReadOnlyList<Misrouting>> FindAsync(EstateSite site, Distribution distribution, DeploymentEnvironment expected, CancellationToken cancel)
    {
        List<Misrouting> found = [];
        foreach (var origin in distribution.Origins)
            // A bucket that only redirects is nobody's content.
            if (StagingProposal.PlaceOf(origin) is { } place && IsWrong(site, expected, place) && (await look.KeysAsync(place, cancel)).Count > 0)
                found.Add(new(distribution, expected, origin, place));
        return found;
    }

    // A site's bucket is production, but for what is declared or marked as staging in it.
    private static bool IsWrong(EstateSite site, DeploymentEnvironment expected, BucketPlace place)
    {
        var isStaging = site.Staging.Any(pair => pair.Staging.Holds(place));
        return expected == DeploymentEnvironment.Production ? isStaging : site.Buckets.Contains(place.BucketName) && !isStaging && !NameWords.IsStagingPath(place.Prefix);
    }
}
