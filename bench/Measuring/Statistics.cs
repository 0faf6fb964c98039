namespace JadaSnapshot.Bench.Measuring;

/// <summary>The middle of several measurements.</summary>
internal static class Statistics
{
    public static TimeSpan Median(this IEnumerable<TimeSpan> times) => TimeSpan.FromTicks((long)times.Select(time => (double)time.Ticks).Median());

    public static double Median(this IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
