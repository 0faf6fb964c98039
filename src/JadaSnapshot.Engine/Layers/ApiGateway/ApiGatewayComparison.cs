using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>APIs: exports are made from what else is compared.</summary>
internal sealed class ApiGatewayComparison : ILayerComparison
{
    public string Layer => ApiGatewayLayer.LayerName;

    public IReadOnlyList<string> NotCompared => ["exports/*"];

    public IReadOnlyList<string> Moving => ["lastUpdatedDate", "createdDate"];
}
