namespace JadaSnapshot;

/// <summary>Where a distribution takes files or answers from.</summary>
public sealed record DistributionOrigin
{
    /// <summary>The origin's id within the distribution.</summary>
    public required string Id { get; init; }

    /// <summary>The host that is asked.</summary>
    public required string DomainName { get; init; }

    /// <summary>What is put before every path (<c>/_staging</c>); empty where there is nothing.</summary>
    public string Path { get; init; } = "";

    /// <summary>What the host is.</summary>
    public OriginKind Kind { get; init; }

    /// <summary>What it is known by: the bucket's name, the API's id, the id of a function's URL, the load balancer's name, or the host itself.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is of production or of staging: by its path and its name alone, whatever the distribution is for.</summary>
    public DeploymentEnvironment Environment { get; init; }

    /// <summary>Why, in words.</summary>
    public required string EnvironmentReason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name + Path;
}
