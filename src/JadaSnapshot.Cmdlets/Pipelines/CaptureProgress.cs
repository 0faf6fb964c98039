using System.Management.Automation;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Formatting;

namespace JadaSnapshot.Pipelines;

/// <summary>Shows a capture as one bar with a bar for each layer under it.</summary>
internal sealed class CaptureProgress(string name, PipelineWriter pipeline, string verb = "Capturing")
{
    private const int TotalId = 0;
    private readonly HashSet<string> _closed = [];
    private readonly Pace _pace = new();

    /// <summary>Shows the progress of a run until its work has ended.</summary>
    public Task FollowAsync(IReadOnlyList<LayerProgress> layers, Task work) => Polling.ShowAsync(pipeline, work, isOver => Show(layers, isOver));

    private void Show(IReadOnlyList<LayerProgress> layers, bool isOver)
    {
        if (!isOver) pipeline.Progress(Total(layers));
        foreach (var (index, layer) in layers.Index())
        {
            if (isOver || layer.State == LayerState.Done) Close(index, layer);
            else pipeline.Progress(Bar(index, layer));
        }
        if (isOver) pipeline.Progress(new(TotalId, $"{verb} {name}", "Done") { RecordType = ProgressRecordType.Completed });
    }

    private void Close(int index, LayerProgress layer)
    {
        if (!_closed.Add(layer.Layer)) return;
        var bar = Bar(index, layer);
        bar.RecordType = ProgressRecordType.Completed;
        pipeline.Progress(bar);
    }

    private ProgressRecord Total(IReadOnlyList<LayerProgress> layers)
    {
        var found = layers.Sum(layer => layer.ResourcesFound);
        var done = layers.Sum(layer => layer.ResourcesDone);
        var isListed = layers.All(layer => layer.State is LayerState.Capturing or LayerState.Done);
        return new(TotalId, $"{verb} {name}", Counts(done, found, layers.Sum(layer => layer.Files), _pace.Describe(layers.Sum(layer => layer.Bytes)), layers.Sum(layer => layer.Problems)))
        {
            PercentComplete = isListed ? Percent(done, found) : -1,
            SecondsRemaining = isListed && found > 0 ? _pace.SecondsLeft((double)done / found) : -1,
        };
    }

    private static ProgressRecord Bar(int index, LayerProgress layer) =>
        new(index + 1, layer.Layer, Status(layer))
        {
            ParentActivityId = TotalId,
            PercentComplete = layer.State == LayerState.Capturing ? Percent(layer.ResourcesDone, layer.ResourcesFound) : -1,
            CurrentOperation = layer.Current,
        };

    private static string Status(LayerProgress layer) => layer.State switch
    {
        LayerState.Waiting => "Waiting",
        LayerState.Listing => $"Listing, {layer.ResourcesFound:N0} found",
        _ => Counts(layer.ResourcesDone, layer.ResourcesFound, layer.Files, Display.Bytes(layer.Bytes), layer.Problems),
    };

    private static string Counts(long done, long found, long files, string bytes, long problems) =>
        $"{done:N0} of {found:N0} resources, {files:N0} files, {bytes}{(problems > 0 ? $", {problems:N0} problems" : "")}";

    private static int Percent(long done, long found) => found == 0 ? -1 : (int)Math.Min(100, done * 100 / found);
}
