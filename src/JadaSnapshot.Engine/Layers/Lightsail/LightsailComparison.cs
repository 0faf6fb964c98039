using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.Lightsail;

/// <summary>Instances: whether one runs is no setting.</summary>
internal sealed class LightsailComparison : ILayerComparison
{
    public string Layer => LightsailLayer.LayerName;

    public IReadOnlyList<string> Moving => ["state", "supportCode"];
}
