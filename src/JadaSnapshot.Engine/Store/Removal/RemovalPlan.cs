using System.Globalization;

namespace JadaSnapshot.Engine.Store;

/// <summary>Decides on each snapshot of a store whether it is removed, and says why.</summary>
public sealed class RemovalPlan
{
    private readonly RemovalRequest _request;
    private readonly Retention? _retention;
    private readonly List<Snapshot> _all;
    private readonly Dictionary<string, string> _bases = new(StringComparer.Ordinal);

    private RemovalPlan(RemovalRequest request, List<Snapshot> all)
    {
        (_request, _all) = (request, all);
        _retention = request.Rules is { } rules ? new(rules, [.. all.Where(snapshot => IsFinished(snapshot) && request.IsMeant(snapshot))]) : null;
        foreach (var unfinished in all.Where(snapshot => snapshot.Status == SnapshotStatus.Unfinished))
            if (JournalHistory.BaseOf(unfinished.Path) is { } name) _bases[name] = $"the unfinished snapshot '{unfinished.Name}' takes unchanged files from it";
        if (request.DeclaredBase is { } declared) _bases[declared] = "the estate file names it as the base of new snapshots";
        Snapshots =
        [
            .. HalfRemoved(request.Store).Where(request.IsMeant).Select(snapshot => ToRemoval(snapshot, RemovalAction.Remove, "its removal was interrupted")),
            .. all.Where(request.IsMeant).OrderBy(snapshot => snapshot.StartedAt).ThenBy(snapshot => snapshot.Name, StringComparer.Ordinal).Select(Decide),
        ];
    }

    /// <summary>Each snapshot that is meant, those that were taken first foremost. What an interrupted removal left is among them.</summary>
    public IReadOnlyList<SnapshotRemoval> Snapshots { get; }

    /// <summary>Makes the plan; removes nothing.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotASnapshot"/>: there is no such store.</exception>
    public static RemovalPlan Make(RemovalRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(request, [.. SnapshotReader.List(request.Store)]);
    }

    /// <summary>What will be missed once a snapshot is gone, in words; null where nothing is.</summary>
    public string? ConsequenceOf(SnapshotRemoval removal)
    {
        ArgumentNullException.ThrowIfNull(removal);
        List<string> words = [];
        if (_bases.TryGetValue(removal.Name, out var use) && removal.Status != SnapshotStatus.Unfinished) words.Add($"'{removal.Name}' goes, and {use}. Name another base, or none: then everything is fetched.");
        if (_all.Find(snapshot => snapshot.Path == removal.Path)?.KeptInS3 is { } kept) words.Add($"The copies in {kept.Place} that '{removal.Name}' names stay there: other snapshots may name them as well.");
        return words.Count > 0 ? string.Join(' ', words) : null;
    }

    private SnapshotRemoval Decide(Snapshot snapshot)
    {
        string[] reasons = [.. RulesThatKeep(snapshot), .. _request.IsNamed(snapshot) ? [] : Protections(snapshot)];
        return reasons.Length > 0 ? ToRemoval(snapshot, RemovalAction.Keep, string.Join("; ", reasons)) : ToRemoval(snapshot, RemovalAction.Remove, WhyRemoved(snapshot));
    }

    private IEnumerable<string> RulesThatKeep(Snapshot snapshot) =>
        IsFinished(snapshot) ? _retention?.ReasonsToKeep(snapshot) ?? []
        : _request.Rules is { OlderThan: { } moment } && snapshot.StartedAt >= moment ? ["it is not older than asked"]
        : [];

    // What a pattern or a rule does not take away; a name of its own does.
    private IEnumerable<string> Protections(Snapshot snapshot)
    {
        if (snapshot.Status == SnapshotStatus.Damaged) yield return "it is damaged, and only its name removes it";
        if (snapshot.Status == SnapshotStatus.Unfinished)
        {
            if (!_request.IncludeUnfinished) yield return "it is not finished, and only its name or -Partial removes it";
            else if (_request.Rules is not null && !_all.Exists(other => IsFinished(other) && other.Account == snapshot.Account && Retention.IsNewer(other, snapshot))) yield return "it can be continued, and nothing newer is finished";
        }
        if (IsFinished(snapshot) && Newest(snapshot.Account) == snapshot) yield return $"it is the newest {(snapshot.Status == SnapshotStatus.Complete ? "complete " : "")}snapshot of the account, and only its name removes it";
        if (_bases.TryGetValue(snapshot.Name, out var use) && snapshot.Status != SnapshotStatus.Unfinished) yield return use;
    }

    private Snapshot? Newest(string account) =>
        _all.Where(snapshot => IsFinished(snapshot) && snapshot.Account == account).OrderBy(snapshot => snapshot.Status == SnapshotStatus.Complete).ThenBy(snapshot => snapshot.StartedAt).ThenBy(snapshot => snapshot.Name, StringComparer.Ordinal).LastOrDefault();

    private string WhyRemoved(Snapshot snapshot) => _request.Rules switch
    {
        { Last: 0, Daily: 0, Weekly: 0, Monthly: 0, Yearly: 0, OlderThan: { } moment } => string.Create(CultureInfo.InvariantCulture, $"older than {moment.UtcDateTime:yyyy-MM-dd HH:mm}Z"),
        not null when snapshot.Status == SnapshotStatus.Unfinished => "it is not finished, and a newer one is",
        not null => "no rule keeps it",
        _ when _request.IsNamed(snapshot) => "it was named",
        _ when snapshot.Status == SnapshotStatus.Unfinished => "it is not finished",
        _ => "its name matches",
    };

    private static bool IsFinished(Snapshot snapshot) => snapshot.Status is SnapshotStatus.Complete or SnapshotStatus.Incomplete;

    private static IEnumerable<Snapshot> HalfRemoved(string store) =>
        from path in Directory.EnumerateDirectories(SnapshotReader.FullPath(store))
        where SnapshotReader.IsHalfRemoved(path)
        orderby path
        select new Snapshot { Name = Path.GetFileName(path)[SnapshotLayout.RemovingPrefix.Length..], Path = path, Store = Path.GetDirectoryName(path)!, Status = SnapshotStatus.Unfinished };

    private static SnapshotRemoval ToRemoval(Snapshot snapshot, RemovalAction action, string reason) => new()
    {
        Name = snapshot.Name,
        Path = snapshot.Path,
        Store = snapshot.Store,
        Status = snapshot.Status,
        TakenAt = snapshot.StartedAt == default ? null : snapshot.StartedAt,
        Bytes = snapshot.TotalBytes,
        Action = action,
        Reason = reason,
    };
}
