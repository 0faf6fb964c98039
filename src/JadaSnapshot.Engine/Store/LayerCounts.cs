namespace JadaSnapshot.Engine.Store;

/// <summary>Counts by layer.</summary>
internal sealed class LayerCounts
{
    private readonly SortedDictionary<string, SnapshotLayer> _layers = new(StringComparer.Ordinal);
    private long _keptBuckets, _keptObjects, _keptBytes;

    internal LayerCounts(IEnumerable<string> layers)
    {
        foreach (var layer in layers) _layers[layer] = Of(layer);
    }

    internal SnapshotLayer Of(string name) => _layers.GetValueOrDefault(name) ?? new() { Name = name, Status = SnapshotStatus.Complete };

    internal void AddFile(ManifestEntry file)
    {
        Change(file.Layer, count => count with { FileCount = count.FileCount + 1, TotalBytes = count.TotalBytes + file.Size });
        if (file.Copies is { } copies) (_keptBuckets, _keptObjects, _keptBytes) = (_keptBuckets + 1, _keptObjects + copies.ObjectCount, _keptBytes + copies.TotalBytes);
    }

    /// <summary>Whether a file names copies in S3.</summary>
    internal bool HasCopies => _keptBuckets > 0;

    /// <summary>What is kept in S3, with what it comes to.</summary>
    internal KeptInS3? Complete(KeptInS3? keep) => keep is null ? null : keep with { BucketCount = _keptBuckets, ObjectCount = _keptObjects, TotalBytes = _keptBytes };

    internal void AddResource(string layer) => Change(layer, count => count with { ResourceCount = count.ResourceCount + 1 });

    internal void AddProblem(string layer) =>
        Change(layer, count => count with { ProblemCount = count.ProblemCount + 1, Status = SnapshotStatus.Incomplete });

    internal IReadOnlyList<SnapshotLayer> ToLayers() => [.. _layers.Values];

    private void Change(string layer, Func<SnapshotLayer, SnapshotLayer> change) => _layers[layer] = change(Of(layer));
}
