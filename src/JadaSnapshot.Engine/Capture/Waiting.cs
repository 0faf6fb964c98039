namespace JadaSnapshot.Engine.Capture;

/// <summary>Waits for what a service does in its own time.</summary>
internal static class Waiting
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Looks again and again, ever less often, until it is over or patience has an end.</summary>
    /// <returns>What was seen last.</returns>
    public static async Task<T> LookAsync<T>(Func<Task<T>> look, Func<T, bool> isOver, TimeSpan patience, CancellationToken cancel)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var seen = await look();
            var left = patience - TimeProvider.System.GetElapsedTime(started);
            if (isOver(seen) || left <= TimeSpan.Zero) return seen;
            await Task.Delay(pause < left ? pause : left, cancel);
        }
    }
}
