using System.Globalization;

namespace JadaSnapshot.Engine.Report;

/// <summary>Quantities as the report writes them, the same on every machine.</summary>
internal static class ReportText
{
    private static readonly CultureInfo Neutral = CultureInfo.InvariantCulture;

    public static string Number(long number) => number.ToString("N0", Neutral);

    /// <summary>A number of things: <c>1 file</c>, <c>1,200 files</c>.</summary>
    public static string Count(long number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    public static string Bytes(long bytes) => Readable.Bytes(bytes, Neutral);

    public static string Duration(TimeSpan span) => Readable.Duration(span, Neutral);

    public static string Day(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd", Neutral);

    public static string Moment(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", Neutral) + " UTC";

    /// <summary>A size that sorts.</summary>
    public static string Plain(long number) => number.ToString(Neutral);
}
