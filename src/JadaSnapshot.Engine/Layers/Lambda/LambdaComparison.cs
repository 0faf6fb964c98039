using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Functions: CodeSha256 tells of the code, and the layer that comes later wins.</summary>
internal sealed class LambdaComparison : ILayerComparison
{
    public string Layer => LambdaLayer.LayerName;

    public IReadOnlyList<string> NotCompared => ["*.zip", "environment.json"];

    public IReadOnlyList<string> Moving => ["RevisionId", "LastModified", "Location", "CodeSize", "State", "LastUpdateStatus", "LastUpdateStatusReason", "LastProcessingResult"];

    public IReadOnlyList<string> Ordered => ["Layers"];
}
