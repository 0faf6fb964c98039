using JadaSnapshot.Engine.Inventory;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Estate;

/// <summary>
/// Finds staging and the production that it stands for: in buckets that are called so, under prefixes that are, and where staging distributions
/// read from. What is found by its name is held against the keys that are there.
/// </summary>
internal sealed class StagingProposal(LiveEstate live, BucketLook look, Counterparts counterparts)
{
    // What is known to be one thing in staging and another in production.
    internal static IReadOnlyDictionary<string, string> UsuallyDifferent { get; } = new Dictionary<string, string>
    {
        ["robots.txt"] = "search engines are to leave staging alone",
        [".env"] = "each environment has its own settings",
        ["env.js"] = "each environment has its own settings",
        ["env.json"] = "each environment has its own settings",
    };

    /// <summary>Staging places that distributions read from and that hold nothing.</summary>
    public List<ProposedPair> Empty { get; } = [];

    /// <summary>Finds all pairs.</summary>
    public async Task<IReadOnlyList<ProposedPair>> FindAsync(Action<string, ServiceException> onFailure, CancellationToken cancel)
    {
        var prefixes = await Task.WhenAll((live.Buckets ?? []).Select(bucket => GuardAsync(bucket, () => PrefixesAsync(bucket, cancel), [])));
        var pairs = await Task.WhenAll(Named().Concat(prefixes.SelectMany(found => found)).Concat(Read())
            .GroupBy(pair => (pair.Staging, pair.Production))
            .Select(same => GuardAsync(same.Key.Staging.BucketName, () => ProveAsync(Together([.. same]), cancel), null)));
        return [.. pairs.OfType<ProposedPair>().DistinctBy(pair => pair.Staging).OrderBy(pair => pair.Staging.ToString(), StringComparer.Ordinal)];

        async Task<T> GuardAsync<T>(string bucket, Func<Task<T>> work, T otherwise)
        {
            try
            {
                return await work();
            }
            catch (ServiceException exception)
            {
                onFailure(bucket, exception);
                return otherwise;
            }
        }
    }

    /// <summary>A name without the mark that says staging: <c>sailjada.com</c> of <c>staging.sailjada.com</c>.</summary>
    public static string Unmarked(string name) =>
        NameWords.StagingMark(name) is not { } mark ? name : name.EndsWith(mark, StringComparison.Ordinal) ? name[..^mark.Length] : name[mark.Length..];

    /// <summary>Where in a bucket an origin reads; null for one that is no bucket.</summary>
    public static BucketPlace? PlaceOf(DistributionOrigin origin) =>
        origin.Kind is not (OriginKind.Bucket or OriginKind.BucketWebsite) ? null
        : new(origin.Name, origin.Path.Trim('/') is { Length: > 0 } path ? path + "/" : "");

    private IEnumerable<ProposedPair> Named() =>
        from bucket in live.Buckets ?? []
        let reason = NameWords.StagingReason(bucket)
        where reason is not null && live.Buckets!.Contains(Unmarked(bucket))
        select new ProposedPair(new(bucket), new(Unmarked(bucket)), reason);

    private async Task<IReadOnlyList<ProposedPair>> PrefixesAsync(string bucket, CancellationToken cancel) =>
    [
        .. from prefix in await look.PrefixesAsync(bucket, cancel)
           where NameWords.IsStagingPath(prefix)
           select new ProposedPair(new(bucket, prefix), new(bucket), $"the prefix {prefix} says staging") { NeedsSharedKeys = true },
    ];

    private IEnumerable<ProposedPair> Read() =>
        from distribution in live.Distributions ?? []
        where distribution.Environment == DeploymentEnvironment.Staging
        let counterpart = counterparts.Of(distribution)
        where counterpart is not null
        from origin in distribution.Origins
        let staging = PlaceOf(origin)
        let production = counterpart.Value.Production.Origins.Select(PlaceOf).FirstOrDefault(place => place is not null && (place.BucketName == staging?.BucketName || counterpart.Value.Production.Origins.Count == 1))
        where staging is not null && production is not null && staging != production && !staging.Holds(production) && live.Buckets?.Contains(staging.BucketName) == true
        select new ProposedPair(staging, production, $"{distribution.DistributionId} reads it where {counterpart.Value.Production.DistributionId} ({counterpart.Value.Production}) reads {production}");

    private static ProposedPair Together(IReadOnlyList<ProposedPair> same) =>
        same[0] with { Why = string.Join("; ", same.Select(pair => pair.Why).Distinct()), NeedsSharedKeys = same.All(pair => pair.NeedsSharedKeys) };

    private async Task<ProposedPair?> ProveAsync(ProposedPair pair, CancellationToken cancel)
    {
        var (shared, looked) = await look.SharedAsync(pair.Staging, pair.Production, cancel);
        if (looked == 0 && pair.Staging.Prefix.Length > 0)
        {
            lock (Empty) Empty.Add(pair);
            return null;
        }
        if (shared == 0 && pair.NeedsSharedKeys) return null;
        var found = looked == 0 ? "it holds nothing yet" : $"of {looked} of its keys production has {shared}";
        return pair with { Why = $"{pair.Why}; {found}", UsuallyDifferent = await DifferencesAsync(pair, cancel) };
    }

    private async Task<IReadOnlyList<string>> DifferencesAsync(ProposedPair pair, CancellationToken cancel)
    {
        var there = await Task.WhenAll(UsuallyDifferent.Keys.Select(async key => await look.HasAsync(pair.Staging, key, cancel) || await look.HasAsync(pair.Production, key, cancel)));
        return [.. UsuallyDifferent.Keys.Where((_, index) => there[index])];
    }
}
