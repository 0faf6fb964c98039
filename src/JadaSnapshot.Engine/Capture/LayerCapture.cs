using System.Threading.Channels;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Captures one layer: resources are captured while others are still being discovered.</summary>
/// <param name="layer">The layer.</param>
/// <param name="progress">Where it is noted how far it is.</param>
/// <param name="sinkOf">Where a resource's documents go; null for a resource that is there already.</param>
/// <param name="done">Is told of each resource that was captured, with its sink.</param>
/// <param name="report">Is told of what could not be listed.</param>
internal sealed class LayerCapture<TSink>(ILayer layer, LayerProgress progress, Func<Resource, TSink?> sinkOf, Action<Resource, TSink> done, Action<Problem> report)
    where TSink : class, ISnapshotSink
{
    private const int ResourcesAtOnce = 16;

    private readonly List<Resource> _found = [];
    private readonly Channel<Resource> _waiting = Channel.CreateUnbounded<Resource>(new() { SingleWriter = true });

    /// <summary>The resources, where they have been listed before; null where the layer lists them.</summary>
    public IEnumerable<Resource>? Listed { get; init; }

    /// <summary>What there is, once it is captured.</summary>
    public IReadOnlyList<Resource> Found => _found;

    /// <summary>Captures all of it. What goes wrong with a resource is reported; only the store's failures end the run.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        progress.State = LayerState.Listing;
        await Together.RunAsync(Enumerable.Repeat<Func<CancellationToken, Task>>(WorkAsync, ResourcesAtOnce).Prepend(DiscoverAsync), cancel);
        progress.State = LayerState.Done;
    }

    private async Task DiscoverAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var resource in Listed?.ToAsyncEnumerable() ?? layer.DiscoverAsync(cancel))
            {
                progress.AddFound();
                _found.Add(resource);
                _waiting.Writer.TryWrite(resource);
            }
        }
        catch (Exception exception) when (IsProblem(exception, cancel))
        {
            report(Failure.ToProblem(exception, layer.Name, "", ""));
        }
        finally
        {
            _waiting.Writer.Complete();
        }
        progress.State = LayerState.Capturing;
    }

    private async Task WorkAsync(CancellationToken cancel)
    {
        await foreach (var resource in _waiting.Reader.ReadAllAsync(cancel))
        {
            progress.Current = resource.Name;
            if (sinkOf(resource) is { } sink) await CaptureAsync(resource, sink, cancel);
            progress.AddDone();
        }
    }

    private async Task CaptureAsync(Resource resource, TSink sink, CancellationToken cancel)
    {
        try
        {
            await layer.CaptureAsync(resource, sink, cancel);
        }
        catch (Exception exception) when (IsProblem(exception, cancel))
        {
            sink.Report("", exception);
        }
        done(resource, sink);
    }

    private static bool IsProblem(Exception exception, CancellationToken cancel) =>
        exception is not StoreException && !(exception is OperationCanceledException && cancel.IsCancellationRequested);
}

/// <summary>Makes captures of layers.</summary>
internal static class LayerCapture
{
    /// <summary>One that puts resources into a snapshot, but for those that an interrupted run has put there.</summary>
    public static LayerCapture<ResourceSink> Into(SnapshotWriter writer, ILayer layer, LayerProgress progress, ResourceSecrets secrets, Action<Problem, Resource?> report)
    {
        return new(layer, progress, SinkOf, Complete, problem => report(problem, null));

        ResourceSink? SinkOf(Resource resource) => writer.IsCaptured(resource) ? null : new(writer, resource, progress, secrets, problem => report(problem, resource));

        // One that has problems is captured anew when an interrupted run is continued.
        void Complete(Resource resource, ResourceSink sink)
        {
            if (sink.IsWhole) writer.CompleteResource(resource);
        }
    }
}
