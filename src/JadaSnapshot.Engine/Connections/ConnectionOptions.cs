namespace JadaSnapshot.Engine.Connections;

/// <summary>What a caller said of who it is and where it calls. What is null is found as the AWS SDK finds it: environment, profile, container, instance.</summary>
public sealed record ConnectionOptions
{
    /// <summary>A profile of the shared credentials and configuration files.</summary>
    public string? ProfileName { get; init; }

    /// <summary>Another credentials file than <c>~/.aws/credentials</c>.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>An access key id; goes with <see cref="SecretKey"/>.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret that belongs to <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The token of temporary credentials.</summary>
    public string? SessionToken { get; init; }

    /// <summary>The region.</summary>
    public string? Region { get; init; }

    /// <summary>One endpoint for every service, as the sandbox, moto or a VPC endpoint has it.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Further regions to look into, beside <see cref="Region"/>.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Whether requests are held to the services' budgets. Only a sandbox without limits is called without.</summary>
    public bool UseBudgets { get; init; } = true;

    /// <summary>Whether calls are made one after the other: to measure what is gained by making them at once.</summary>
    public bool OneAtATime { get; init; }

    /// <summary>Says where it leads, and nothing that is secret.</summary>
    public override string ToString() => $"{ProfileName ?? (AccessKey is null ? "default credentials" : "explicit credentials")} in {Region ?? "default region"} at {EndpointUrl ?? "AWS"}";
}
