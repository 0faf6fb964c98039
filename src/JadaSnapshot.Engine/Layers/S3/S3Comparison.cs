using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>Buckets: what noncurrent versions there are is history.</summary>
internal sealed class S3Comparison : ILayerComparison
{
    public string Layer => S3Layer.LayerName;

    public IReadOnlyList<string> NotCompared => ["versions.jsonl"];
}
