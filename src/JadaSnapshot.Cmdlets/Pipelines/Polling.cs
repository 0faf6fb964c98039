namespace JadaSnapshot.Pipelines;

/// <summary>Looks at work from time to time. The work itself never waits for what is shown of it.</summary>
internal static class Polling
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows work until it has ended, however it ended, and once more then, with true; not at all where nobody wants to see it.</summary>
    public static async Task ShowAsync(PipelineWriter pipeline, Task work, Action<bool> show)
    {
        if (!pipeline.ShowsProgress) return;
        try
        {
            while (!work.IsCompleted)
            {
                show(false);
                await Task.WhenAny(work, Task.Delay(Interval));
            }
            show(true);
        }
        catch (OperationCanceledException)
        {
            // The pipeline has ended, and nobody looks any more. The work is told so too, and whoever awaits it waits for its end.
        }
    }
}
