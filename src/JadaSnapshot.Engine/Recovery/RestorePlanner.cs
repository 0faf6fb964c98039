using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Layers.CloudFront;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Makes the steps of a restore: the snapshot, in the words of the other place, is compared with what is there.</summary>
/// <param name="session">What all steps share.</param>
/// <param name="snapshot">The resources of the snapshot.</param>
/// <param name="matching">Which live resource stands for which.</param>
/// <param name="isListed">Whether everything live of a layer is known, or of what an operation lists.</param>
internal sealed class RestorePlanner(RestoreSession session, IReadOnlyList<SideResource> snapshot, RestoreMatching matching, Func<string, string?, bool> isListed)
{
    private readonly PendingIds _pending = new(session.Secrets);

    /// <summary>The steps for the resources that are wanted, and for what they refer to and is missing, in the order in which they are taken.</summary>
    public async Task<IReadOnlyList<PlannedStep>> PlanAsync(Func<Resource, bool> wants, IReadOnlyList<string> layers, CancellationToken cancel)
    {
        var wanted = snapshot.Where(side => layers.Contains(side.Resource.Layer) && wants(side.Resource)).ToList();
        var needed = await Prerequisites.OfAsync(session, wanted, snapshot, IsMissing, cancel);
        List<SideResource> chosen = [.. wanted, .. needed.Keys];
        foreach (var side in chosen)
            if (RestorerCatalog.Find(side.Resource.Layer, side.Resource.Kind) is { } restorer && matching.Live(side) is null) _pending.Add(restorer, side);
        List<PlannedStep> steps = [];
        foreach (var side in chosen)
        {
            cancel.ThrowIfCancellationRequested();
            steps.AddRange(await StepsOfAsync(side, needed.GetValueOrDefault(side), cancel));
        }
        if (steps.Any(step => step is { HasContent: true, Live: not null, Step.Phase: RestorePhase.Objects })) steps.Add(Invalidation());
        if (session.Target.Prune) steps.AddRange(Deletions(layers, wants));
        return [.. steps.OrderBy(step => step.Order).ThenBy(step => step.Step.ResourceKey, StringComparer.Ordinal).Select((step, index) => step with { Step = step.Step with { Number = index + 1 } })];
    }

    private async Task<IReadOnlyList<PlannedStep>> StepsOfAsync(SideResource side, SideResource? neededBy, CancellationToken cancel)
    {
        var live = matching.Live(side);
        if (RestorerCatalog.Find(side.Resource.Layer, side.Resource.Kind) is not { } restorer)
            return [PlannedStep.Of(session, null, side, null, RestorePhase.Roles, RestoreAction.Cannot, $"a {side.Resource.Kind} cannot be restored by this version")];
        return WhyNot(side, live, restorer) is var (action, reason)
            ? [PlannedStep.Of(session, restorer, side, live, restorer.Phase, action, reason)]
            : await new ResourceSteps(session, _pending, restorer, side, live).MakeAsync(neededBy, cancel);
    }

    private (RestoreAction Action, string Reason)? WhyNot(SideResource side, SideResource? live, Restorer restorer)
    {
        var (layer, kind) = (side.Resource.Layer, side.Resource.Kind);
        if (matching.IsAmbiguous(side)) return (RestoreAction.Cannot, "there are several of this name, and none can be told from the others");
        if (live is null && !side.IsWhole && restorer.HasDocuments(kind)) return (RestoreAction.Cannot, "it is not there, and the snapshot does not hold all of it");
        if (live is null) return IsListed(restorer, side.Resource) ? null : (RestoreAction.Cannot, $"whether it is there is not known, because {layer} could not be listed");
        if (session.IsCopy && session.Target.Regions.Count == 0 && restorer.Naming(kind) != Naming.Chosen) return (RestoreAction.Skip, "it is there, and has no name that could be another");
        return !live.IsWhole && restorer.HasDocuments(kind) ? (RestoreAction.Cannot, "it could not be read in full as it is now") : null;
    }

    private bool IsListed(Restorer restorer, Resource resource) => isListed(resource.Layer, restorer.ListedBy(resource.Kind));

    private bool IsMissing(SideResource side) => matching.Live(side) is null && RestorerCatalog.Find(side.Resource.Layer, side.Resource.Kind) is { } restorer && IsListed(restorer, side.Resource);

    // What a distribution has handed out already it hands out again.
    private PlannedStep Invalidation()
    {
        SideResource changed = new(InvalidationRestorer.ChangedObjects, true, []);
        var restorer = RestorerCatalog.Find(changed.Resource.Layer, changed.Resource.Kind);
        return PlannedStep.Of(session, restorer, changed, null, RestorePhase.Invalidations, RestoreAction.Create, "distributions that read from the buckets still have the objects as they were") with { HasContent = true };
    }

    private IEnumerable<PlannedStep> Deletions(IReadOnlyList<string> layers, Func<Resource, bool> wants)
    {
        foreach (var side in matching.Others)
        {
            var live = side.Resource;
            if (!layers.Contains(live.Layer) || !wants(live) || RestorerCatalog.Find(live.Layer, live.Kind) is not { } restorer || !restorer.CanDelete(live.Kind)) continue;
            // What was not captured may have been there as well.
            if (!isListed(live.Layer, null) || !session.Side.IsListed(live.Layer)) continue;
            yield return PlannedStep.Of(session, restorer, side, side, RestorePhase.Deletions, RestoreAction.Delete, $"{session.Snapshot.Name} does not have it");
        }
    }
}
