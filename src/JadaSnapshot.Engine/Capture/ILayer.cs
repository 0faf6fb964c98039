namespace JadaSnapshot.Engine.Capture;

/// <summary>
/// One service's part of an estate. A public class under <c>Layers/</c> that implements this, with a constructor that takes a
/// <see cref="LayerContext"/> and a public constant <c>LayerName</c>, is found by itself (<see cref="LayerCatalog"/>):
/// inventory, capture, manifest and verification need no further word.
/// </summary>
public interface ILayer
{
    /// <summary>The layer's name, as in the manifest and in <c>-Layer</c>: <c>route53</c>.</summary>
    string Name { get; }

    /// <summary>Lists what there is, as it becomes known. A region or a kind that cannot be listed goes to <see cref="LayerContext.Report"/>, and the rest goes on.</summary>
    IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel);

    /// <summary>Captures one resource, independently of every other. What it throws is that resource's problem alone.</summary>
    Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel);
}
