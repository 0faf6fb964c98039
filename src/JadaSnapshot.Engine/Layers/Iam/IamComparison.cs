using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.Iam;

/// <summary>Roles: when one was last used is no setting.</summary>
internal sealed class IamComparison : ILayerComparison
{
    public string Layer => IamLayer.LayerName;

    public IReadOnlyList<string> Moving => ["RoleLastUsed", "AttachmentCount", "PermissionsBoundaryUsageCount"];
}
