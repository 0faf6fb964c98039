using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>Buckets: what noncurrent versions there are is history, and objects that are kept in S3 are compared as objects.</summary>
internal sealed class S3Comparison : ILayerComparison
{
    public string Layer => S3Layer.LayerName;

    public IReadOnlyList<string> NotCompared => ["versions.jsonl", Kept.CopiesDocument.Name];
}
