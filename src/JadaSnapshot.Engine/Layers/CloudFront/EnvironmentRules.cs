using JadaSnapshot.Engine.Inventory;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>
/// How production is told from staging, each time with the reason in words. A distribution goes by what it is called, an origin by what it
/// is, so that a staging distribution that reads from production shows.
/// </summary>
internal static class EnvironmentRules
{
    public static (DeploymentEnvironment Environment, string Reason) OfDistribution(bool isStagingCopy, IReadOnlyList<string> aliases, string? comment, IReadOnlyList<DistributionOrigin> origins)
    {
        if (isStagingCopy) return Staging("it is the staging distribution of a continuous deployment");
        if (aliases.FirstOrDefault(NameWords.IsStagingHost) is { } alias) return Staging($"its alias is {alias}");
        if (NameWords.IsStagingComment(comment ?? "")) return Staging("its comment says staging");
        if (origins.Count > 0 && origins.All(origin => origin.Environment == DeploymentEnvironment.Staging)) return Staging("every origin of it is of staging");
        return (DeploymentEnvironment.Production, "nothing says staging");
    }

    public static (DeploymentEnvironment Environment, string Reason) OfOrigin(string path, OriginKind kind, string name)
    {
        if (NameWords.IsStagingPath(path)) return Staging($"its path is {path}");
        if (kind == OriginKind.Host ? NameWords.IsStagingHost(name) : NameWords.StagingMark(name) is not null)
            return Staging(NameWords.StagingReason(name) ?? $"its host is {name}");
        return (DeploymentEnvironment.Production, "neither its path nor its name says staging");
    }

    private static (DeploymentEnvironment, string) Staging(string reason) => (DeploymentEnvironment.Staging, reason);
}
