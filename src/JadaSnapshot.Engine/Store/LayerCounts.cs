namespace JadaSnapshot.Engine.Store;

/// <summary>Counts by layer.</summary>
internal sealed class LayerCounts
{
    private readonly SortedDictionary<string, SnapshotLayer> _layers = new(StringComparer.Ordinal);

    internal LayerCounts(IEnumerable<string> layers)
    {
        foreach (var layer in layers) _layers[layer] = Of(layer);
    }

    internal SnapshotLayer Of(string name) => _layers.GetValueOrDefault(name) ?? new() { Name = name, Status = SnapshotStatus.Complete };

    internal void AddFile(string layer, long size) =>
        Change(layer, count => count with { FileCount = count.FileCount + 1, TotalBytes = count.TotalBytes + size });

    internal void AddResource(string layer) => Change(layer, count => count with { ResourceCount = count.ResourceCount + 1 });

    internal void AddProblem(string layer) =>
        Change(layer, count => count with { ProblemCount = count.ProblemCount + 1, Status = SnapshotStatus.Incomplete });

    internal IReadOnlyList<SnapshotLayer> ToLayers() => [.. _layers.Values];

    private void Change(string layer, Func<SnapshotLayer, SnapshotLayer> change) => _layers[layer] = change(Of(layer));
}
