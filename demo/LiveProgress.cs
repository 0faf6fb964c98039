using JadaSnapshot.Engine.Capture;
using Spectre.Console;

namespace JadaSnapshot.Demo;

/// <summary>Shows a run while it goes: a bar a layer on a terminal, a line every two seconds elsewhere.</summary>
internal static class LiveProgress
{
    public static Task<Snapshot> ShowAsync(CaptureRun run, Action<Problem> onProblem, CancellationToken cancel)
    {
        var capture = run.RunAsync(onProblem, cancel);
        return AnsiConsole.Profile.Out.IsTerminal ? ShowBarsAsync(run, capture) : ShowLinesAsync(run, capture);
    }

    private static Task<Snapshot> ShowBarsAsync(CaptureRun run, Task<Snapshot> capture) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(async display =>
            {
                var bars = run.Progress.Select(layer => (Layer: layer, Bar: display.AddTask(layer.Layer, maxValue: 1))).ToList();
                while (true)
                {
                    foreach (var (layer, bar) in bars)
                    {
                        bar.MaxValue = Math.Max(1, layer.ResourcesFound);
                        bar.Value = layer.State == LayerState.Done ? bar.MaxValue : layer.ResourcesDone;
                        bar.Description = $"{layer.Layer,-10} {layer.ResourcesDone,4}/{layer.ResourcesFound,-4} {layer.Files,6:n0} files {Tables.Bytes(layer.Bytes),9}";
                        if (layer.State == LayerState.Done) bar.StopTask();
                    }
                    if (await Task.WhenAny(capture, Task.Delay(100)) == capture) return await capture;
                }
            });

    private static async Task<Snapshot> ShowLinesAsync(CaptureRun run, Task<Snapshot> capture)
    {
        while (await Task.WhenAny(capture, Task.Delay(TimeSpan.FromSeconds(2))) != capture)
            Console.WriteLine("  " + string.Join("  ", run.Progress.Select(layer => $"{layer.Layer} {layer.ResourcesDone}/{layer.ResourcesFound}")));
        return await capture;
    }
}
