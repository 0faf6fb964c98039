namespace JadaSnapshot;

/// <summary>What CloudFront was told to fetch anew (<see href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Invalidation.html"/>).</summary>
public sealed record Invalidation
{
    /// <summary>The invalidation's id.</summary>
    public required string InvalidationId { get; init; }

    /// <summary>The distribution's id.</summary>
    public required string DistributionId { get; init; }

    /// <summary><c>Completed</c>, or <c>InProgress</c> where it was not waited for, or for too short a time.</summary>
    public string? Status { get; init; }

    /// <summary>When it was begun (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The paths, as viewers ask for them.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{DistributionId}/{InvalidationId}";
}
