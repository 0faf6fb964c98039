using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Looks whether declared staging is staging: places that hold the same site, and distributions that read from the right ones.</summary>
internal sealed class StagingCheck(EstateFile estate, LiveEstate live, BucketLook look, EstateFindings findings)
{
    public Task RunAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        foreach (var site in estate.Sites) CheckDistributions(site);
        return Parallel.ForEachAsync(estate.Sites.SelectMany(site => site.Staging.Index().Select(pair => (Site: site, pair.Index, Pair: pair.Item))), cancel, async (each, token) =>
        {
            try
            {
                await CheckPairAsync(EstateFindings.Pointer("sites", each.Site.Name, "staging", $"{each.Index}"), each.Pair, token);
            }
            catch (ServiceException exception)
            {
                onProblem(Failure.ToProblem(exception, S3Layer.LayerName, exception.Operation, each.Pair.ToString()));
            }
        });
    }

    private async Task CheckPairAsync(string path, StagingPair pair, CancellationToken cancel)
    {
        if (live.Buckets is null || !live.Buckets.Contains(pair.Production.BucketName)) return;
        if (!live.Buckets.Contains(pair.Staging.BucketName))
        {
            findings.Error($"{path}/place", $"There is no bucket '{pair.Staging.BucketName}'.{NearestName.Question(pair.Staging.BucketName, live.Buckets)}");
            return;
        }
        if ((await look.KeysAsync(pair.Production, cancel)).Count == 0) findings.Warning($"{path}/standsFor", $"Nothing is in {pair.Production}.");
        var (shared, looked) = await look.SharedAsync(pair.Staging, pair.Production, cancel);
        if (looked == 0) findings.Warning($"{path}/place", $"Nothing is in {pair.Staging}.");
        else if (shared == 0) findings.Warning($"{path}/place", $"{pair.Staging} does not look like staging of {pair.Production}: of {looked} of its keys {pair.Production} has none.");
    }

    private void CheckDistributions(EstateSite site)
    {
        if (live.Distributions is null) return;
        var byId = live.Distributions.ToDictionary(distribution => distribution.DistributionId);
        CheckEach("production", site.ProductionDistributions, DeploymentEnvironment.Production);
        CheckEach("staging", site.StagingDistributions, DeploymentEnvironment.Staging);

        void CheckEach(string member, IReadOnlyList<string> ids, DeploymentEnvironment expected)
        {
            foreach (var (index, id) in ids.Index())
                if (byId.TryGetValue(id, out var distribution) && Fault(site, distribution, expected) is { } fault)
                    findings.Warning($"{EstateFindings.Pointer("sites", site.Name, "distributions", member)}/{index}", fault);
        }
    }

    private static string? Fault(EstateSite site, Distribution distribution, DeploymentEnvironment expected)
    {
        if (distribution.Environment != expected) return $"{Words(distribution)} serves {distribution.Environment.ToString().ToLowerInvariant()}: {distribution.EnvironmentReason}.";
        var wrong = distribution.Origins.FirstOrDefault(origin => StagingProposal.PlaceOf(origin) is { } place && (expected == DeploymentEnvironment.Staging ? ReadsProduction(site, place) : site.Staging.Any(pair => pair.Staging.Holds(place))));
        return wrong is null ? null
            : $"{Words(distribution)} is to serve {expected.ToString().ToLowerInvariant()}, and reads {(expected == DeploymentEnvironment.Staging ? "production" : "staging")}: {StagingProposal.PlaceOf(wrong)}.";
    }

    // A site's bucket is production, but for what is declared or marked as staging in it.
    private static bool ReadsProduction(EstateSite site, BucketPlace place) =>
        site.Buckets.Contains(place.BucketName) && !site.Staging.Any(pair => pair.Staging.Holds(place)) && !Inventory.NameWords.IsStagingPath(place.Prefix);

    private static string Words(Distribution distribution) => distribution.Aliases.Count > 0 ? $"{distribution.DistributionId} ({distribution.Aliases[0]})" : distribution.DistributionId;
}
