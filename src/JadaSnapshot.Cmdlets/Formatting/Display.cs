using System.Globalization;

namespace JadaSnapshot.Formatting;

/// <summary>Quantities as people read them. The views of the module use it; objects keep the raw values.</summary>
public static class Display
{
    private const int Red = 31;
    private const int Green = 32;
    private const int Yellow = 33;

    /// <summary>A size in decimal units: <c>512 B</c>, <c>1.2 MB</c>.</summary>
    /// <param name="bytes">The size in bytes.</param>
    public static string Bytes(long bytes) => Readable.Bytes(bytes, CultureInfo.CurrentCulture);

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
    public static string Duration(TimeSpan? span) => span is { } length ? Readable.Duration(length, CultureInfo.CurrentCulture) : "";

    /// <summary>A status in the colour that says how good it is. PowerShell takes the colour away where none is shown.</summary>
    /// <param name="status">The status: a value of an enumeration, by its name.</param>
    public static string Colored(Enum status)
    {
        var text = $"{status}";
        return Color(text) is { } color ? $"\e[{color}m{text}\e[0m" : text;
    }

    /// <summary>What a verification says, in one line; empty for a snapshot that is whole.</summary>
    /// <param name="verification">The verification.</param>
    public static string Summary(SnapshotVerification? verification) => verification switch
    {
        null or { Result: VerificationResult.Whole } => "",
        { Findings: [var first, ..] } => verification.FindingCount > 1 ? $"{first} (and {verification.FindingCount - 1:N0} more)" : first.ToString(),
        { CopiesUnseen: { } reason } => $"Its copies in S3 could not be looked at: {reason}",
        { Result: VerificationResult.Unfinished, Path: var path } => Engine.Copies.S3Place.IsMeant(path) ? "The same Copy-JadaSnapshot continues it." : "The same command continues it.",
        _ => $"{verification.ProblemCount:N0} could not be captured: see problems.jsonl",
    };

    private static int? Color(string status) => status switch
    {
        "Complete" or "Whole" or "Done" or "Recovered" => Green,
        "Incomplete" or "Unproven" or "Unfinished" or "NotDone" or "Warning" or "Replace" => Yellow,
        "Damaged" or "Failed" or "Cannot" or "Delete" or "Error" => Red,
        _ => null,
    };
}
