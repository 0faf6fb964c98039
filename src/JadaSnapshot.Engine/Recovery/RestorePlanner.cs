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
        var needed = Prerequisites(wanted);
        List<SideResource> chosen = [.. wanted, .. needed.Keys];
        foreach (var side in chosen)
            if (RestorerCatalog.Find(side.Resource.Layer, side.Resource.Kind) is { } restorer && matching.Live(side) is null) _pending.Add(restorer, side);
        List<PlannedStep> steps = [];
        foreach (var side in chosen)
        {
            cancel.ThrowIfCancellationRequested();
            await foreach (var step in StepsOfAsync(side, needed.GetValueOrDefault(side), cancel)) steps.Add(step);
        }
        if (steps.Any(step => step is { HasContent: true, Live: not null, Step.Phase: RestorePhase.Objects })) steps.Add(Invalidation());
        if (session.Target.Prune) steps.AddRange(Deletions(layers, wants));
        return [.. steps.OrderBy(step => step.Order).ThenBy(step => step.Step.ResourceKey, StringComparer.Ordinal).Select((step, index) => step with { Step = step.Step with { Number = index + 1 } })];
    }

    private async IAsyncEnumerable<PlannedStep> StepsOfAsync(SideResource side, SideResource? neededBy, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var resource = side.Resource;
        var live = matching.Live(side);
        if (RestorerCatalog.Find(resource.Layer, resource.Kind) is not { } restorer)
        {
            yield return Make(side, null, null, RestorePhase.Roles, RestoreAction.Cannot, $"a {resource.Kind} cannot be restored by this version");
            yield break;
        }
        var work = new RestoreWork(session, restorer, side, live);
        if (WhyNot(side, live, restorer, work) is { } reason)
        {
            yield return Make(side, live, restorer, restorer.Phase, reason.Action, reason.Reason);
            yield break;
        }
        var documents = ResourceDifferences.Documents(side);
        var (changes, fixedOnes) = live is null ? ([], []) : Changes(side, live, restorer);
        foreach (var change in fixedOnes)
            yield return Make(side, live, restorer, restorer.Phase, RestoreAction.Cannot, $"{change.Document} {change.Path}: {restorer.WhyFixed(resource.Kind, change.Document, change.Path)}").Of(change.Document, [change]);

        var parts = restorer.Parts.Where(part => live is null ? !part.IsInCreate && documents.Keys.Any(part.Holds) : changes.Any(change => part.Holds(change.Document))).ToList();
        var unputtable = changes.Where(change => !restorer.Parts.Any(part => part.Holds(change.Document))).ToList();
        if (unputtable.Count > 0)
            yield return Make(side, live, restorer, restorer.Phase, RestoreAction.Cannot, $"{string.Join(", ", unputtable.Select(change => change.Document).Distinct())} cannot be changed").Of(unputtable[0].Document, unputtable);

        // What refers to something that is made later is put after it, once its id is known.
        List<PlannedStep> steps = [];
        if (live is null)
        {
            var missing = MissingSecrets(work, name => restorer.Parts.Where(part => part.IsInCreate).Any(part => part.Holds(name)));
            steps.Add(Make(side, live, restorer, restorer.Phase, missing is null ? RestoreAction.Create : RestoreAction.Cannot, missing ?? (neededBy is null ? "it is not there" : $"it is not there, and {neededBy.Resource.Name} refers to it")) with { Creates = missing is null, Needs = Needs(side, documents.Where(document => !restorer.Parts.Any(part => part.NamesUsers && part.Holds(document.Key))).SelectMany(document => document.Value)) });
            if (missing is not null)
            {
                yield return steps[0];
                yield break;
            }
            parts.AddRange(restorer.Parts.Where(part => part.IsInCreate && LatestNeed(side, part, documents, restorer) is not null));
        }
        foreach (var group in parts.GroupBy(part => (Phase: LatestNeed(side, part, documents, restorer) ?? part.Phase ?? restorer.Phase, IsLate: LatestNeed(side, part, documents, restorer) is not null, part.Name, Missing: part.NeedsSecrets ? MissingSecrets(work, part.Holds) : null)))
        {
            // A secret that nobody knows keeps only the documents back that it stands in.
            List<RestorePart> ofGroup = [.. group];
            var missing = group.Key.Missing;
            var changed = changes.Where(change => ofGroup.Any(part => part.Holds(change.Document))).ToList();
            if (live is null && missing is null && !group.Key.IsLate && group.Key.Phase == restorer.Phase && group.Key.Name is null)
            {
                steps[0] = steps[0] with { Parts = [.. steps[0].Parts, .. ofGroup] };
                continue;
            }
            var why = missing ?? (live is null ? group.Key.IsLate ? "what it refers to is made before it" : "it is not there" : Summary(changed));
            var action = missing is not null ? RestoreAction.Cannot : live is null && !group.Key.IsLate ? RestoreAction.Create : RestoreAction.Update;
            var made = Make(side, live, restorer, group.Key.Phase, action, why).Of(group.Key.Name ?? (group.Key.IsLate || missing is not null ? string.Join(", ", ofGroup.Select(part => part.Documents)) : null), changed);
            steps.Add(made with { Parts = ofGroup, IsLate = group.Key.IsLate, Needs = [.. Needs(side, Files(ofGroup, documents)), .. live is null ? [resource.Key] : (string[])[]] });
        }
        if (restorer.Content(resource.Kind) is { } content && await restorer.PlanContentAsync(work, cancel) is { } planned && !(planned.Action == RestoreAction.Skip && steps.Count == 0 && unputtable.Count == 0 && fixedOnes.Count == 0))
        {
            var made = Make(side, live, restorer, content.Phase, planned.Action, planned.Reason);
            steps.Add(made with { Step = made.Step with { Part = content.Name, Count = planned.Count, Bytes = planned.Bytes, Changes = planned.Changes }, HasContent = planned.Action is not (RestoreAction.Skip or RestoreAction.Cannot), Needs = live is null ? [resource.Key] : [] });
        }
        if (steps.Count == 0 && unputtable.Count == 0 && fixedOnes.Count == 0 && live is not null) steps.Add(Make(side, live, restorer, restorer.Phase, RestoreAction.Skip, "it is equal"));
        foreach (var step in steps) yield return step;
    }

    private (RestoreAction Action, string Reason)? WhyNot(SideResource side, SideResource? live, Restorer restorer, RestoreWork work)
    {
        if (matching.IsAmbiguous(side)) return (RestoreAction.Cannot, $"there are several of this name, and none can be told from the others");
        if (!side.IsWhole && live is null && restorer.HasDocuments(side.Resource.Kind)) return (RestoreAction.Cannot, "it is not there, and the snapshot does not hold all of it");
        if (live is not null && session.Account == session.Snapshot.Account && !session.IsSamePlace && session.Target.Regions.Count == 0 && restorer.Naming(side.Resource.Kind) != Naming.Chosen)
            return (RestoreAction.Skip, "it is there, and has no name that could be another");
        if (live is null && !isListed(side.Resource.Layer, restorer.ListedBy(side.Resource.Kind))) return (RestoreAction.Cannot, $"whether it is there is not known, because {side.Resource.Layer} could not be listed");
        if (live is { IsWhole: false } && restorer.HasDocuments(side.Resource.Kind)) return (RestoreAction.Cannot, "it could not be read in full as it is now");
        if (live is not null || restorer.WhyNot(work) is not { } reason) return null;
        if (restorer.IsBeyondSnapshots(work)) session.Losses.Enqueue(RecoveryFindings.Of(side.Resource, reason));
        return (RestoreAction.Cannot, reason);
    }

    private (List<RestoreChange> Changes, List<RestoreChange> Fixed) Changes(SideResource side, SideResource live, Restorer restorer)
    {
        List<RestoreChange> changes = [], fixedOnes = [];
        var (wanted, there) = restorer.Compared(session.Translate(restorer, side), live);
        foreach (var difference in ResourceDifferences.Compare(wanted, there, new(side.Resource, session.Snapshot.Name, "live")))
        {
            RestoreChange change = new() { Document = difference.Key ?? "", Path = difference.Path ?? "", Snapshot = difference.Reference?.ToString(), Live = difference.Other?.ToString() };
            if ((restorer.Losses.FirstOrDefault(loss => loss.Explains(side.Resource, change, session.Target))?.Reason ?? session.WhyUnknown(change)) is { } reason)
            {
                session.Losses.Enqueue(RecoveryFindings.Of(side.Resource, change, isExpected: true, reason));
                continue;
            }
            (restorer.WhyFixed(side.Resource.Kind, change.Document, change.Path) is null ? changes : fixedOnes).Add(change);
        }
        return (changes, fixedOnes);
    }

    private string? MissingSecrets(RestoreWork work, Func<string, bool> holds)
    {
        if (session.Target.KeepUnknownSecrets) return null;
        var missing = work.DocumentNames.Where(name => holds(ResourceDifferences.WithoutPage(name))).SelectMany(work.MissingSecrets).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? null : $"the value{(missing.Count == 1 ? "" : "s")} of {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not known: neither sealed for a key that is here, nor live with the same fingerprint, nor given";
    }

    private static IEnumerable<SideFile> Files(IReadOnlyList<RestorePart> parts, Dictionary<string, List<SideFile>> documents) =>
        documents.Where(document => parts.Any(part => part.Holds(document.Key))).SelectMany(document => document.Value);

    private string[] Needs(SideResource side, IEnumerable<SideFile> files) => [.. _pending.In(side.Resource, files).Select(each => each.Resource).Distinct()];

    // The phase of what a part refers to and is made with it or after it; null where there is nothing of that kind.
    private RestorePhase? LatestNeed(SideResource side, RestorePart part, Dictionary<string, List<SideFile>> documents, Restorer restorer)
    {
        if (part.NamesUsers) return null;
        var own = ((int)(part.Phase ?? restorer.Phase), part.Phase is null ? restorer.Rank(side.Resource) : 0);
        var later = _pending.In(side.Resource, Files([part], documents)).Where(each => each.Order.CompareTo(own) >= 0).ToList();
        return later.Count == 0 ? null : (RestorePhase)later.Max(each => each.Order).Phase;
    }

    // What is brought back along with what refers to it: named in its documents, and not there.
    private Dictionary<SideResource, SideResource> Prerequisites(List<SideResource> wanted)
    {
        Dictionary<SideResource, SideResource> needed = [];
        List<SideResource> candidates = [.. snapshot.Except(wanted).Where(side => RestorerCatalog.Find(side.Resource.Layer, side.Resource.Kind)?.IsPrerequisite(side.Resource.Kind) == true && matching.Live(side) is null && isListed(side.Resource.Layer, RestorerCatalog.Find(side.Resource.Layer, side.Resource.Kind)!.ListedBy(side.Resource.Kind)))];
        Queue<SideResource> open = new(wanted);
        while (candidates.Count > 0 && open.TryDequeue(out var side))
        {
            var text = string.Join('\n', side.Files.Where(file => file.IsText).Select(file => System.Text.Encoding.UTF8.GetString(file.Read!())));
            foreach (var candidate in candidates.Where(candidate => text.Contains(candidate.Resource.Arn ?? candidate.Resource.Id, StringComparison.Ordinal) || (candidate.Resource.Id.Length >= 10 && text.Contains(candidate.Resource.Id, StringComparison.Ordinal))).ToList())
            {
                candidates.Remove(candidate);
                needed[candidate] = side;
                open.Enqueue(candidate);
            }
        }
        return needed;
    }

    // What a distribution has handed out already it hands out again.
    private PlannedStep Invalidation()
    {
        SideResource changed = new(InvalidationRestorer.ChangedObjects, true, []);
        var step = Make(changed, null, RestorerCatalog.Find(InvalidationRestorer.ChangedObjects.Layer, InvalidationRestorer.ChangedObjects.Kind), RestorePhase.Invalidations, RestoreAction.Create, "distributions that read from the buckets still have the objects as they were");
        return step with { HasContent = true };
    }

    private IEnumerable<PlannedStep> Deletions(IReadOnlyList<string> layers, Func<Resource, bool> wants)
    {
        foreach (var side in matching.Others)
        {
            var live = side.Resource;
            if (!layers.Contains(live.Layer) || !wants(live) || RestorerCatalog.Find(live.Layer, live.Kind) is not { } restorer || !restorer.CanDelete(live.Kind)) continue;
            // What was not captured may have been there as well.
            if (!isListed(live.Layer, null) || !session.Side.IsListed(live.Layer)) continue;
            yield return Make(side, side, restorer, RestorePhase.Deletions, RestoreAction.Delete, $"{session.Snapshot.Name} does not have it");
        }
    }

    private static string Summary(List<RestoreChange> changes) =>
        changes.Count == 1 ? $"{changes[0].Document} differs{(changes[0].Path.Length == 0 ? "" : $" at {changes[0].Path}")}" : $"{string.Join(", ", changes.Select(change => change.Document).Distinct())} differ{(changes.Select(change => change.Document).Distinct().Count() == 1 ? "s" : "")} in {changes.Count} values";

    private PlannedStep Make(SideResource side, SideResource? live, Restorer? restorer, RestorePhase phase, RestoreAction action, string reason)
    {
        var resource = side.Resource;
        return new()
        {
            Step = new()
            {
                Snapshot = session.Snapshot.Name,
                SnapshotPath = session.Snapshot.Path,
                Phase = phase,
                Action = action,
                Layer = resource.Layer,
                Kind = resource.Kind,
                Name = resource.Name,
                ResourceKey = resource.Key,
                TargetName = live?.Resource.Name ?? (restorer?.Naming(resource.Kind) == Naming.Chosen ? session.Map.Name(resource.Name) : resource.Name),
                TargetId = live?.Resource.Id,
                TargetRegion = session.Map.Region(resource.Region),
                Reason = reason,
            },
            Restorer = restorer,
            Reference = side,
            Live = live,
        };
    }
}
