using System.Globalization;

namespace JadaSnapshot.Formatting;

/// <summary>Quantities as people read them. The views of the module use it; objects keep the raw values.</summary>
public static class Display
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>A size in decimal units: <c>512 B</c>, <c>1.2 MB</c>.</summary>
    /// <param name="bytes">The size in bytes.</param>
    public static string Bytes(long bytes)
    {
        var value = (decimal)bytes;
        var unit = 0;
        // 999.95 would round to 1000.0.
        while (Math.Abs(value) >= (unit == 0 ? 1000m : 999.95m) && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }
        return $"{value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.CurrentCulture)} {Units[unit]}";
    }

    /// <summary>A count in at most seven characters: <c>999,999</c>, <c>1.2 M</c>; empty for none.</summary>
    /// <param name="count">The count.</param>
    public static string Count(long? count) => count switch
    {
        null => "",
        < 1_000_000 => count.Value.ToString("N0", CultureInfo.CurrentCulture),
        < 999_950_000 => $"{(count.Value / 1e6).ToString("0.0", CultureInfo.CurrentCulture)} M",
        _ => $"{(count.Value / 1e9).ToString("0.0", CultureInfo.CurrentCulture)} G",
    };

    /// <summary>The day of a moment in local time: <c>2026-11-22</c>; empty for none.</summary>
    /// <param name="moment">The moment.</param>
    public static string Day(DateTimeOffset? moment) =>
        moment?.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A moment in local time, to the minute: <c>2026-11-22 14:05</c>; empty for none.</summary>
    /// <param name="moment">The moment.</param>
    public static string Moment(DateTimeOffset? moment) =>
        moment?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A length of time: <c>0.4 s</c>, <c>3 min 05 s</c>, <c>2 h 10 min</c>; empty for none.</summary>
    /// <param name="span">The length of time.</param>
    public static string Duration(TimeSpan? span) => span switch
    {
        null => "",
        { TotalSeconds: < 59.95 } => $"{span.Value.TotalSeconds.ToString("0.0", CultureInfo.CurrentCulture)} s",
        { TotalHours: < 1 } => $"{span.Value.Minutes} min {span.Value.Seconds:00} s",
        _ => $"{(long)span.Value.TotalHours} h {span.Value.Minutes:00} min",
    };

    /// <summary>What a verification says, in one line; empty for a snapshot that is whole.</summary>
    /// <param name="verification">The verification.</param>
    public static string Summary(SnapshotVerification? verification) => verification switch
    {
        null or { Result: VerificationResult.Whole } => "",
        { Findings: [var first, ..] } => verification.FindingCount > 1 ? $"{first} (and {verification.FindingCount - 1:N0} more)" : first.ToString(),
        { Result: VerificationResult.Unfinished, Path: var path } => Engine.Copies.S3Place.IsMeant(path) ? "The same Copy-JadaSnapshot continues it." : "The same command continues it.",
        _ => $"{verification.ProblemCount:N0} could not be captured: see problems.jsonl",
    };
}
