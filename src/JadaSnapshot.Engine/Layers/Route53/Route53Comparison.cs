using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Zones: the zone file and the change batches are made from the record sets, and their count counts them.</summary>
internal sealed class Route53Comparison : ILayerComparison
{
    public string Layer => Route53Layer.LayerName;

    public IReadOnlyList<string> NotCompared => ["zone.txt", "zone-losses.jsonl", "change-batches/*.json"];

    public IReadOnlyList<string> Moving => ["ResourceRecordSetCount", "CallerReference"];
}
