using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>APIs: exports are made from what else is compared, and which domain names lead to an API stands with each name.</summary>
internal sealed class ApiGatewayComparison : ILayerComparison
{
    public string Layer => ApiGatewayLayer.LayerName;

    public IReadOnlyList<string> NotCompared => ["exports/*", ApiDocuments.CustomDomains];

    public IReadOnlyList<string> Moving => ["lastUpdatedDate", "createdDate"];
}
