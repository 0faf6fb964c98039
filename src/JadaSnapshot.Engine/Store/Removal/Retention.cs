using System.Globalization;

namespace JadaSnapshot.Engine.Store;

/// <summary>
/// Which of several snapshots rules keep: of each of the last so many days, weeks, … the newest one, as <c>restic forget</c> has it.
/// A snapshot is held only against those that hold as much as it does, so that none is displaced by one that can less.
/// </summary>
internal sealed class Retention(RetentionRules rules, IReadOnlyList<Snapshot> snapshots)
{
    private readonly (string Word, int Count, Func<Snapshot, string> Period)[] _quotas =
    [
        ("last", rules.Last, snapshot => snapshot.Path),
        ("daily", rules.Daily, snapshot => Utc(snapshot).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("weekly", rules.Weekly, snapshot => $"{ISOWeek.GetYear(Utc(snapshot))}-W{ISOWeek.GetWeekOfYear(Utc(snapshot)):00}"),
        ("monthly", rules.Monthly, snapshot => Utc(snapshot).ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        ("yearly", rules.Yearly, snapshot => Utc(snapshot).ToString("yyyy", CultureInfo.InvariantCulture)),
    ];

    /// <summary>Each rule that keeps a finished snapshot, in words.</summary>
    public IEnumerable<string> ReasonsToKeep(Snapshot snapshot)
    {
        if (rules.KeepsName?.Invoke(snapshot.Name) == true) yield return "its name is to be kept";
        var newer = snapshots.Where(other => IsNewer(other, snapshot) && Covers(other, snapshot)).ToList();
        foreach (var (word, count, period) in _quotas)
        {
            var own = period(snapshot);
            var periods = newer.Select(period).ToHashSet(StringComparer.Ordinal);
            if (!periods.Contains(own) && periods.Count < count) yield return word == "last" ? $"last {count}" : $"{word} {own}";
        }
        if (rules.OlderThan is { } moment && snapshot.StartedAt >= moment) yield return "it is not older than asked";
    }

    /// <summary>Whether a snapshot was taken after another.</summary>
    public static bool IsNewer(Snapshot snapshot, Snapshot other) =>
        snapshot.StartedAt == other.StartedAt ? string.CompareOrdinal(snapshot.Name, other.Name) > 0 : snapshot.StartedAt > other.StartedAt;

    private static bool Covers(Snapshot snapshot, Snapshot other) =>
        snapshot.Account == other.Account
        && (snapshot.Status == SnapshotStatus.Complete || (snapshot.Status == SnapshotStatus.Incomplete && other.Status == SnapshotStatus.Incomplete))
        && (snapshot.AllVersions || !other.AllVersions)
        && !other.Regions.Except(snapshot.Regions).Any()
        && !snapshot.ExcludeBuckets.Except(other.ExcludeBuckets).Any()
        && !other.Includes.Except(snapshot.Includes).Any()
        && !other.Layers.Select(layer => layer.Name).Except(snapshot.Layers.Select(layer => layer.Name)).Any();

    private static DateTime Utc(Snapshot snapshot) => snapshot.StartedAt.UtcDateTime;
}
