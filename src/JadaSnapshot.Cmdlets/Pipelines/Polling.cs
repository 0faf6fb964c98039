namespace JadaSnapshot.Pipelines;

/// <summary>Looks at work from time to time. The work itself never waits for what is shown of it.</summary>
internal static class Polling
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows work until it has ended, however it ended.</summary>
    public static async Task WhileRunningAsync(Task work, Action show, CancellationToken cancel)
    {
        while (!work.IsCompleted && !cancel.IsCancellationRequested)
        {
            show();
            await Task.WhenAny(work, Task.Delay(Interval, cancel));
        }
    }
}
