namespace JadaSnapshot;

/// <summary>A CloudFront distribution as it is set up (<see href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html"/>). No value of a custom origin header is in here.</summary>
public sealed record Distribution
{
    /// <summary>The distribution's id (<c>E…</c>).</summary>
    public required string DistributionId { get; init; }

    /// <summary>The Amazon Resource Name.</summary>
    public string? Arn { get; init; }

    /// <summary>Its own name, under <c>cloudfront.net</c>.</summary>
    public required string DomainName { get; init; }

    /// <summary>The account's own names that it answers to.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What its owner says of it.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether it serves anything.</summary>
    public bool Enabled { get; init; }

    /// <summary><c>Deployed</c>, or <c>InProgress</c> while a change is on its way to the edge.</summary>
    public string? Status { get; init; }

    /// <summary>Which edge locations serve it (<c>PriceClass_100</c>).</summary>
    public string? PriceClass { get; init; }

    /// <summary>The certificate in ACM for its aliases; null where it has CloudFront's own.</summary>
    public string? CertificateArn { get; init; }

    /// <summary>The web ACL that guards it; null where there is none.</summary>
    public string? WebAclId { get; init; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Whether it serves production or staging: by its kind, its aliases or its comment.</summary>
    public DeploymentEnvironment Environment { get; init; }

    /// <summary>Why, in words.</summary>
    public required string EnvironmentReason { get; init; }

    /// <summary>Where its files and answers come from.</summary>
    public IReadOnlyList<DistributionOrigin> Origins { get; init; } = [];

    /// <summary>Which requests go where, in the order in which patterns are tried; the default, <c>*</c>, comes last.</summary>
    public IReadOnlyList<DistributionBehavior> Behaviors { get; init; } = [];

    /// <summary>The ARNs of all CloudFront functions that it runs.</summary>
    public IReadOnlyList<string> FunctionArns => [.. Behaviors.SelectMany(behavior => behavior.FunctionArns).Distinct(StringComparer.Ordinal)];

    /// <summary>The ARNs of all versions of Lambda functions that it runs at the edge.</summary>
    public IReadOnlyList<string> LambdaFunctionArns => [.. Behaviors.SelectMany(behavior => behavior.LambdaFunctionArns).Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override string ToString() => Aliases.Count > 0 ? Aliases[0] : DomainName;
}
