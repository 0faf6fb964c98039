using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.Ses;

/// <summary>Mail: what was sent today is no setting; receipt rules are taken in their order.</summary>
internal sealed class SesComparison : ILayerComparison
{
    public string Layer => SesLayer.LayerName;

    public IReadOnlyList<string> Moving => ["SendQuota", "LastCheckedTimestamp", "LastSuccessTimestamp", "LastUpdatedTimestamp", "LastFreshStart"];

    public IReadOnlyList<string> Ordered => ["Rules"];
}
