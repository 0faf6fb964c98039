using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Folders of this machine, which <see cref="LayerOptions.LocalRoots"/> names. Nobody is asked for anything, and nothing outside of them is read.</summary>
public sealed class LocalFilesLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "localfiles";

    private static readonly LocalRootView Roots = new();

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Resource> DiscoverAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var root in context.Options.LocalRoots.OrderBy(root => root.Name, StringComparer.Ordinal))
            if (!context.Options.OmitMissing || Path.Exists(root.Path)) yield return new() { Layer = LayerName, Kind = Roots.Kind, Name = root.Name, Id = root.Name, Region = "local", Description = root.Path };
    }

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel) =>
        new LocalRootCapture(context.Options.LocalRoots.Single(root => root.Name == resource.Name), Roots.Folder(resource), sink, context.Options).RunAsync(cancel);
}
