namespace JadaSnapshot;

/// <summary>Quantities as people read them.</summary>
public static class Readable
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>A size in decimal units: <c>512 B</c>, <c>1.2 MB</c>.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <param name="format">How numbers are written.</param>
    public static string Bytes(long bytes, IFormatProvider format)
    {
        var value = (decimal)bytes;
        var unit = 0;
        // 999.95 would round to 1000.0.
        while (Math.Abs(value) >= (unit == 0 ? 1000m : 999.95m) && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }
        return $"{value.ToString(unit == 0 ? "0" : "0.0", format)} {Units[unit]}";
    }

    /// <summary>A length of time: <c>0.4 s</c>, <c>3 min 05 s</c>, <c>2 h 10 min</c>.</summary>
    /// <param name="span">The length of time.</param>
    /// <param name="format">How numbers are written.</param>
    public static string Duration(TimeSpan span, IFormatProvider format) => span switch
    {
        { TotalSeconds: < 59.95 } => $"{span.TotalSeconds.ToString("0.0", format)} s",
        { TotalHours: < 1 } => $"{span.Minutes} min {span.Seconds:00} s",
        _ => $"{(long)span.TotalHours} h {span.Minutes:00} min",
    };
}
