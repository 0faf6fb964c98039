using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Looks whether declared staging is staging: places that hold the same site, and distributions that read from the right ones.</summary>
internal sealed class StagingCheck(EstateFile estate, LiveEstate live, BucketLook look, EstateFindings findings)
{
    private const int AtOnce = 16;

    private readonly SiteRouting _routing = new(look);

    public Task RunAsync(Action<Problem> onProblem, CancellationToken cancel) => Parallel.ForEachAsync(Checks(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (check, token) =>
    {
        try
        {
            await check(token);
        }
        catch (ServiceException exception)
        {
            onProblem(Failure.ToProblem(exception, S3Layer.LayerName, exception.Operation, ""));
        }
    });

    private IEnumerable<Func<CancellationToken, Task>> Checks()
    {
        foreach (var site in estate.Sites)
        {
            foreach (var (index, pair) in site.Staging.Index())
                yield return cancel => CheckPairAsync(EstateFindings.Pointer("sites", site.Name, "staging", $"{index}"), pair, cancel);
            foreach (var (index, id) in site.ProductionDistributions.Index())
                yield return cancel => CheckDistributionAsync(site, id, DeploymentEnvironment.Production, $"{EstateFindings.Pointer("sites", site.Name, "distributions", "production")}/{index}", cancel);
            foreach (var (index, id) in site.StagingDistributions.Index())
                yield return cancel => CheckDistributionAsync(site, id, DeploymentEnvironment.Staging, $"{EstateFindings.Pointer("sites", site.Name, "distributions", "staging")}/{index}", cancel);
        }
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

    private async Task CheckDistributionAsync(EstateSite site, string id, DeploymentEnvironment expected, string path, CancellationToken cancel)
    {
        if (live.Distributions?.FirstOrDefault(each => each.DistributionId == id) is not { } distribution) return;
        if (distribution.Environment != expected)
        {
            findings.Warning(path, $"{Words(distribution)} serves {Word(distribution.Environment)}: {distribution.EnvironmentReason}.");
            return;
        }
        foreach (var wrong in await _routing.FindAsync(site, distribution, expected, cancel)) findings.Warning(path, $"{Words(distribution)} {wrong.Reason}.");
    }

    private static string Word(DeploymentEnvironment environment) => environment == DeploymentEnvironment.Staging ? "staging" : "production";

    private static string Words(Distribution distribution) => distribution.Aliases.Count > 0 ? $"{distribution.DistributionId} ({distribution.Aliases[0]})" : distribution.DistributionId;
}
