namespace JadaSnapshot;

/// <summary>What a distribution does with the requests that a pattern meets.</summary>
public sealed record DistributionBehavior
{
    /// <summary>The pattern of paths; <c>*</c> for the default.</summary>
    public required string PathPattern { get; init; }

    /// <summary>The id of the origin, or of the group of origins, that answers.</summary>
    public required string OriginId { get; init; }

    /// <summary><c>allow-all</c>, <c>https-only</c> or <c>redirect-to-https</c>.</summary>
    public string? ViewerProtocolPolicy { get; init; }

    /// <summary>The cache policy; null where settings of the older kind stand in its place.</summary>
    public string? CachePolicyId { get; init; }

    /// <summary>The origin request policy, where there is one.</summary>
    public string? OriginRequestPolicyId { get; init; }

    /// <summary>The response headers policy, where there is one.</summary>
    public string? ResponseHeadersPolicyId { get; init; }

    /// <summary>The ARNs of the CloudFront functions that run.</summary>
    public IReadOnlyList<string> FunctionArns { get; init; } = [];

    /// <summary>The ARNs of the versions of Lambda functions that run.</summary>
    public IReadOnlyList<string> LambdaFunctionArns { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{PathPattern} → {OriginId}";
}
