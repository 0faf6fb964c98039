using System.Diagnostics;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Restores a snapshot into an empty place, looks at what is there then, and says what did not come back.</summary>
/// <param name="files">The snapshot. It is not disposed of.</param>
/// <param name="target">The place. Secrets that nobody knows stay fingerprints there.</param>
/// <param name="layers">The layers; all where none is named.</param>
public sealed class Rehearsal(SnapshotFiles files, RestoreTarget target, IReadOnlyList<string> layers)
{
    /// <summary>How far the look at what was restored is.</summary>
    public IReadOnlyList<LayerProgress> Progress { get; private set; } = [];

    /// <summary>How many steps there are, and how many were taken.</summary>
    public (int Done, int Total) Steps { get; private set; }

    /// <summary>Does it.</summary>
    /// <param name="onProblem">Is told of what cannot be looked at, from any thread.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidOperationException">The place is not empty.</exception>
    /// <exception cref="Store.StoreException">The snapshot is not finished, or cannot be read.</exception>
    public async Task<RecoveryTest> RunAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        var journal = Directory.CreateTempSubdirectory("jada-rehearsal-");
        try
        {
            return await RunAsync(target with { JournalFolder = journal.FullName, KeepUnknownSecrets = true, LocalPathOf = name => Path.Combine(journal.FullName, "local-files", PathNames.FromName(name)) }, onProblem, cancel);
        }
        finally
        {
            journal.Delete(recursive: true);
        }
    }

    private async Task<RecoveryTest> RunAsync(RestoreTarget place, Action<Problem> onProblem, CancellationToken cancel)
    {
        var (started, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        var results = await RestoreAsync(place, onProblem, cancel);
        var restored = clock.Elapsed;
        using var check = await OpenAsync(place, onProblem, cancel);
        var left = (await check.PlanAsync(onProblem, cancel)).Where(step => step.Phase != RestorePhase.Invalidations).ToList();
        List<RecoveryFinding> findings = [.. left.Where(step => step.Action != RestoreAction.Skip && !check.Losses.Any(loss => loss.IsOf(step))).SelectMany(step => WithCause(step, results)), .. check.Losses];
        return new()
        {
            Snapshot = files.Snapshot.Name,
            SnapshotPath = files.Snapshot.Path,
            Status = findings.All(finding => finding.IsExpected) ? RecoveryStatus.Recovered : RecoveryStatus.Incomplete,
            StartedAt = started,
            RestoreDuration = restored,
            CompareDuration = clock.Elapsed - restored,
            Layers = [.. left.GroupBy(step => step.Layer, StringComparer.Ordinal).OrderBy(layer => layer.Key, StringComparer.Ordinal).Select(layer => Sum(layer.Key, [.. layer], results, findings))],
            Findings = findings,
        };
    }

    private async Task<List<RestoreResult>> RestoreAsync(RestoreTarget place, Action<Problem> onProblem, CancellationToken cancel)
    {
        using var run = await OpenAsync(place, onProblem, cancel);
        var steps = await run.PlanAsync(onProblem, cancel);
        // What is there already would be taken for what was restored, and might be somebody's.
        if (steps.FirstOrDefault(step => step.TargetId is not null && step.Action is RestoreAction.Update or RestoreAction.Delete && RestorerCatalog.Find(step.Layer, step.Kind)?.IsAlwaysThere(step.Kind) != true) is { } there)
            throw new InvalidOperationException($"The place of the rehearsal is not empty: {there.Kind} {there.TargetName} is there already. Nothing was changed.");
        List<RestoreResult> results = [];
        Steps = (0, steps.Count);
        await foreach (var result in run.ApplyAsync(steps.Select(step => step.Id).ToHashSet(StringComparer.Ordinal), cancel))
        {
            results.Add(result);
            Steps = (results.Count, steps.Count);
        }
        return results;
    }

    private async Task<RestoreRun> OpenAsync(RestoreTarget place, Action<Problem> onProblem, CancellationToken cancel)
    {
        var run = await RestoreRun.OpenAsync(files, place, new(layers, _ => true), onProblem, cancel);
        Progress = run.Progress;
        return run;
    }

    // Why a step failed says more than that there is still something to do.
    private static IEnumerable<RecoveryFinding> WithCause(RestoreStep step, List<RestoreResult> results)
    {
        var failed = results.Where(result => result.Step.ResourceKey == step.ResourceKey && result.Status is RestoreStatus.Failed or RestoreStatus.NotDone).ToList();
        return failed.Count == 0 ? RecoveryFindings.Of(step) : RecoveryFindings.Of(step).Select(finding => finding with { Reason = string.Join(" ", failed.SelectMany(result => result.Notes).Distinct()) });
    }

    private static RecoveryLayer Sum(string layer, List<RestoreStep> left, List<RestoreResult> results, List<RecoveryFinding> findings)
    {
        var resources = left.GroupBy(step => step.ResourceKey, StringComparer.Ordinal).ToList();
        var own = results.Where(result => result.Step.Layer == layer).ToList();
        return new()
        {
            Layer = layer,
            ResourceCount = resources.Count,
            RecoveredCount = resources.Count(steps => steps.All(step => step.Action == RestoreAction.Skip)),
            ContentCount = own.Sum(result => result.Count ?? 0),
            FailureCount = findings.Count(finding => finding.Layer == layer && !finding.IsExpected),
            LossCount = findings.Count(finding => finding.Layer == layer && finding.IsExpected),
            Duration = own.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration),
        };
    }
}
