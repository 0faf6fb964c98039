using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Finds rules that match nothing. Where only the listing of a large bucket could tell, nothing is said.</summary>
internal sealed class PatternCheck(EstateFile estate, LiveEstate live, BucketLook look, EstateFindings findings)
{
    private const int AtOnce = 16;

    public async Task RunAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        if (live.Buckets is not { } buckets) return;
        foreach (var rule in estate.Categories)
            if (!buckets.Any(KeyPatterns.Of([rule.Pattern]).Match)) findings.Warning(EstateFindings.Pointer("categories", rule.Pattern), $"No bucket's name matches '{rule.Pattern}'.");

        foreach (var (name, patterns) in new[] { ("excludeBuckets", estate.Snapshot.ExcludeBuckets), ("keepInS3/buckets", estate.Snapshot.KeepInS3?.Buckets ?? []) })
            foreach (var (index, pattern) in patterns.Index())
                if (!buckets.Any(KeyPatterns.Of([pattern]).Match)) findings.Warning($"/snapshot/{name}/{index}", $"No bucket's name matches '{pattern}'.");

        foreach (var (index, pattern) in estate.Snapshot.ExcludeKeys.Index())
            await CheckAsync($"/snapshot/excludeKeys/{index}", pattern, buckets.Select(bucket => new BucketPlace(bucket)), onProblem, cancel);
        foreach (var rule in estate.Sites.SelectMany(site => site.Staging).SelectMany(pair => pair.MeantToDiffer, (pair, rule) => (Pair: pair, Rule: rule)).GroupBy(each => each.Rule))
            await CheckAsync(rule.Key.Path, rule.Key.Pattern, rule.SelectMany(each => new[] { each.Pair.Staging, each.Pair.Production }).Where(place => buckets.Contains(place.BucketName)).Distinct(), onProblem, cancel);
    }

    private async Task CheckAsync(string path, string pattern, IEnumerable<BucketPlace> places, Action<Problem> onProblem, CancellationToken cancel)
    {
        bool isOpen = false, isMatched = false;
        await Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (place, token) =>
        {
            if (Volatile.Read(ref isMatched)) return;
            try
            {
                var matches = await look.MatchesAsync(place, pattern, token);
                if (matches == true) Volatile.Write(ref isMatched, true);
                if (matches is null) Volatile.Write(ref isOpen, true);
            }
            catch (ServiceException exception)
            {
                Volatile.Write(ref isOpen, true);
                onProblem(Failure.ToProblem(exception, S3Layer.LayerName, exception.Operation, place.ToString()));
            }
        });
        if (!isMatched && !isOpen) findings.Warning(path, $"No key matches '{pattern}'.");
    }
}
