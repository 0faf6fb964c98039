using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Distributions: the first behavior whose pattern fits a path serves it. Invalidations are what went on, not what is set.</summary>
internal sealed class CloudFrontComparison : ILayerComparison
{
    public string Layer => CloudFrontLayer.LayerName;

    public IReadOnlyList<string> NotCompared => ["distribution-summary.xml", "invalidations.xml", "invalidation-*.xml"];

    public IReadOnlyList<string> Moving => ["InProgressInvalidationBatches", "LastModifiedTime", "Status"];

    public IReadOnlyList<string> Ordered => ["CacheBehavior"];
}
