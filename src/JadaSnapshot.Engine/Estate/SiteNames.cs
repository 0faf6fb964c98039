using JadaSnapshot.Engine.Inventory;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Tells which site a host belongs to: that of the nearest zone above it, or, where no zone is, of the nearest known host that is no other's.</summary>
internal sealed class SiteNames
{
    private readonly List<string> _sites;

    public SiteNames(LiveEstate live)
    {
        var hosts = Hosts(live).Select(host => host.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        List<string> sites = [.. (live.Zones ?? []).Where(zone => !zone.EndsWith(".arpa", StringComparison.Ordinal) && hosts.Any(host => IsWithin(host, zone)))];
        foreach (var host in hosts.OrderBy(host => host.Length).ThenBy(host => host, StringComparer.Ordinal))
            if (!sites.Exists(site => IsWithin(host, site))) sites.Add(host);
        _sites = [.. sites.OrderByDescending(site => site.Length)];
    }

    /// <summary>All sites, in order of name.</summary>
    public IEnumerable<string> All => _sites.Order(StringComparer.Ordinal);

    /// <summary>The site of a host, or of a bucket that is called like one; null where it has none.</summary>
    public string? Of(string host) => _sites.Find(site => IsWithin(host.ToLowerInvariant(), site));

    private static IEnumerable<string> Hosts(LiveEstate live) =>
    [
        .. (live.Buckets ?? []).Where(bucket => NameWords.IsHost(bucket) && NameWords.StagingMark(bucket) is null),
        .. (live.Distributions ?? []).Where(distribution => distribution.Environment == DeploymentEnvironment.Production).SelectMany(distribution => distribution.Aliases).Select(alias => alias.TrimStart('*', '.')),
    ];

    private static bool IsWithin(string host, string site) => host == site || host.EndsWith("." + site, StringComparison.Ordinal);
}
