using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Makes the steps that bring one resource back: it is made where it is not there, else what differs is put.</summary>
/// <param name="session">What all steps share.</param>
/// <param name="pending">The ids that the plan's resources are yet to be given.</param>
/// <param name="restorer">Who brings it back.</param>
/// <param name="side">The resource in the snapshot.</param>
/// <param name="live">The resource as it is live; null where there is none.</param>
internal sealed class ResourceSteps(RestoreSession session, PendingIds pending, Restorer restorer, SideResource side, SideResource? live)
{
    private readonly RestoreWork _work = new(session, restorer, side, live);
    private readonly Dictionary<string, List<SideFile>> _documents = ResourceDifferences.Documents(side);

    /// <summary>The steps; one that says why where nothing can be done or has to be.</summary>
    /// <param name="neededBy">What refers to it, where it is brought back for that alone.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IReadOnlyList<PlannedStep>> MakeAsync(SideResource? neededBy, CancellationToken cancel)
    {
        if (live is null && restorer.WhyNot(_work) is { } reason)
        {
            if (restorer.IsBeyondSnapshots(_work)) session.Losses.Enqueue(RecoveryFindings.Of(side.Resource, reason));
            return [Make(restorer.Phase, RestoreAction.Cannot, reason)];
        }
        List<RestoreChange> found = live is null ? [] : [.. Changes(live)], changes = [.. found.Where(change => WhyFixed(change) is null)];
        List<PlannedStep> steps = live is null ? [Creation(neededBy)] : [.. Fixed(found), .. Unputtable(changes)];
        if (live is null && !steps[0].Creates) return steps;

        var groups = from part in live is null ? PartsOfNew() : restorer.Parts.Where(part => changes.Any(change => part.Holds(change.Document)))
                     let later = LatestNeed(part)
                     group part by (Phase: later ?? part.Phase ?? restorer.Phase, IsLate: later is not null, part.Name, Missing: part.NeedsSecrets ? MissingSecrets(part.Holds) : null);
        foreach (var group in groups)
        {
            if (live is null && group.Key == (restorer.Phase, false, null, null)) steps[0] = steps[0] with { Parts = [.. steps[0].Parts, .. group] };
            else steps.Add(Change([.. group], group.Key.Phase, group.Key.IsLate, group.Key.Name, group.Key.Missing, changes));
        }
        if (await ContentAsync(cancel) is { } content && !(content.Step.Action == RestoreAction.Skip && steps.Count == 0)) steps.Add(content);
        return steps.Count > 0 ? steps : [Make(restorer.Phase, RestoreAction.Skip, "it is equal")];
    }

    private PlannedStep Creation(SideResource? neededBy)
    {
        var missing = MissingSecrets(document => restorer.Parts.Any(part => part.IsInCreate && part.Holds(document)));
        if (missing is not null) return Make(restorer.Phase, RestoreAction.Cannot, missing);
        var needs = Needs(document => !restorer.Parts.Any(part => part.NamesUsers && part.Holds(document)));
        var reason = neededBy is null ? "it is not there" : $"it is not there, and {neededBy.Resource.Name} refers to it";
        return Make(restorer.Phase, RestoreAction.Create, restorer.HowMade(_work) is { } how ? $"{reason}; {how}" : reason) with { Creates = true, Needs = needs };
    }

    // What is made with the resource, but refers to something that is made later, is put once more when the id of that is known.
    private IEnumerable<RestorePart> PartsOfNew() =>
        [.. restorer.Parts.Where(part => !part.IsInCreate && _documents.Keys.Any(part.Holds)), .. restorer.Parts.Where(part => part.IsInCreate && LatestNeed(part) is not null)];

    // A secret that nobody knows keeps only the documents back that it stands in.
    private PlannedStep Change(IReadOnlyList<RestorePart> parts, RestorePhase phase, bool isLate, string? name, string? missing, List<RestoreChange> changes)
    {
        var changed = changes.Where(change => parts.Any(part => part.Holds(change.Document))).ToList();
        var reason = missing ?? (live is not null ? Summary(changed) : isLate ? "what it refers to is made before it" : "it is not there");
        var action = missing is not null ? RestoreAction.Cannot : live is null && !isLate ? RestoreAction.Create : RestoreAction.Update;
        var part = name ?? (isLate || missing is not null ? string.Join(", ", parts.Select(part => part.Documents)) : null);
        string[] needs = [.. Needs(document => parts.Any(part => part.Holds(document))), .. OwnCreation];
        return Make(phase, action, reason).Of(part, changed) with { Parts = parts, IsLate = isLate, Needs = needs };
    }

    private async Task<PlannedStep?> ContentAsync(CancellationToken cancel)
    {
        if (restorer.Content(side.Resource.Kind) is not { } content || await restorer.PlanContentAsync(_work, cancel) is not { } plan) return null;
        var made = Make(content.Phase, plan.Action, plan.Reason);
        return made with
        {
            Step = made.Step with { Part = content.Name, Count = plan.Count, Bytes = plan.Bytes, Changes = plan.Changes },
            HasContent = plan.Action is not (RestoreAction.Skip or RestoreAction.Cannot),
            Needs = OwnCreation,
        };
    }

    private string? WhyFixed(RestoreChange change) => restorer.WhyFixed(side.Resource.Kind, change.Document, change.Path);

    private IEnumerable<PlannedStep> Fixed(List<RestoreChange> changes) => from change in changes
                                                                           let reason = WhyFixed(change)
                                                                           where reason is not null
                                                                           select Make(restorer.Phase, RestoreAction.Cannot, $"{change.Document} {change.Path}: {reason}").Of(change.Document, [change]);

    private IEnumerable<PlannedStep> Unputtable(List<RestoreChange> changes) =>
        changes.Where(change => !restorer.Parts.Any(part => part.Holds(change.Document))).ToList() is [var first, ..] unputtable
            ? [Make(restorer.Phase, RestoreAction.Cannot, $"{DocumentsOf(unputtable)} cannot be changed").Of(first.Document, unputtable)]
            : [];

    private IEnumerable<RestoreChange> Changes(SideResource there)
    {
        var (wanted, compared) = restorer.Compared(session.Translate(restorer, side), there);
        foreach (var difference in ResourceDifferences.Compare(wanted, compared, new(side.Resource, session.Snapshot.Name, "live")))
        {
            RestoreChange change = new() { Document = difference.Key ?? "", Path = difference.Path ?? "", Snapshot = difference.Reference?.ToString(), Live = difference.Other?.ToString() };
            if ((restorer.Losses.FirstOrDefault(loss => loss.Explains(side.Resource, change, session.Target))?.Reason ?? session.WhyUnknown(change)) is { } reason)
                session.Losses.Enqueue(RecoveryFindings.Of(side.Resource, change, isExpected: true, reason));
            else yield return change;
        }
    }

    private string? MissingSecrets(Func<string, bool> holds)
    {
        if (session.Target.KeepUnknownSecrets) return null;
        var missing = _work.DocumentNames.Where(name => holds(ResourceDifferences.WithoutPage(name))).SelectMany(_work.MissingSecrets).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? null : $"the value{(missing.Count == 1 ? "" : "s")} of {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not known: neither sealed for a key that is here, nor live with the same fingerprint, nor given";
    }

    // The phase of what a part refers to and is made with it or after it; null where there is nothing of that kind.
    private RestorePhase? LatestNeed(RestorePart part)
    {
        if (part.NamesUsers) return null;
        var own = ((int)(part.Phase ?? restorer.Phase), part.Phase is null ? restorer.Rank(side.Resource) : 0);
        var later = pending.In(side.Resource, Files(part.Holds)).Where(each => each.Order.CompareTo(own) >= 0).ToList();
        return later.Count == 0 ? null : (RestorePhase)later.Max(each => each.Order).Phase;
    }

    private string[] OwnCreation => live is null ? [side.Resource.Key] : [];

    private string[] Needs(Func<string, bool> holds) => [.. pending.In(side.Resource, Files(holds)).Select(each => each.Resource).Distinct()];

    private IEnumerable<SideFile> Files(Func<string, bool> holds) => _documents.Where(document => holds(document.Key)).SelectMany(document => document.Value);

    private static string Summary(List<RestoreChange> changes) => changes is [var only]
        ? $"{only.Document} differs{(only.Path.Length == 0 ? "" : $" at {only.Path}")}"
        : $"{DocumentsOf(changes)} differ{(changes.DistinctBy(change => change.Document).Count() == 1 ? "s" : "")} in {changes.Count} values";

    private static string DocumentsOf(List<RestoreChange> changes) => string.Join(", ", changes.Select(change => change.Document).Distinct());

    private PlannedStep Make(RestorePhase phase, RestoreAction action, string reason) => PlannedStep.Of(session, restorer, side, live, phase, action, reason);
}
