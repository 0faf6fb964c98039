using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.Acm;

/// <summary>Certificates: the PEM files are pieces of pem.json.</summary>
internal sealed class AcmComparison : ILayerComparison
{
    public string Layer => AcmLayer.LayerName;

    public IReadOnlyList<string> NotCompared => ["certificate.pem", "chain.pem"];

    public IReadOnlyList<string> Moving => ["UpdatedAt", "RenewalSummary"];
}
