using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.Secrets;

/// <summary>Secrets: when one was last read is no setting.</summary>
internal sealed class SecretsComparison : ILayerComparison
{
    public string Layer => SecretsLayer.LayerName;

    public IReadOnlyList<string> Moving => ["LastAccessedDate"];
}
