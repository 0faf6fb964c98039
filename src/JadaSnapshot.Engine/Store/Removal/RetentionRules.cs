namespace JadaSnapshot.Engine.Store;

/// <summary>Which snapshots stay. Days, weeks, months and years are those of UTC, so that the answer is the same on every machine; a week is ISO 8601's.</summary>
public sealed record RetentionRules
{
    /// <summary>The number of newest snapshots that stay.</summary>
    public int Last { get; init; }

    /// <summary>The number of days, of those that have any, of which the newest snapshot stays.</summary>
    public int Daily { get; init; }

    /// <summary>The number of weeks, likewise.</summary>
    public int Weekly { get; init; }

    /// <summary>The number of months, likewise.</summary>
    public int Monthly { get; init; }

    /// <summary>The number of years, likewise.</summary>
    public int Yearly { get; init; }

    /// <summary>Says of a name whether snapshots of that name stay; null where none do for their name.</summary>
    public Func<string, bool>? KeepsName { get; init; }

    /// <summary>Only what was taken before this is removed.</summary>
    public DateTimeOffset? OlderThan { get; init; }
}
