namespace JadaSnapshot;

/// <summary>A Lambda function as it is set up (<see href="https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html"/>). No value of its environment is in here.</summary>
public sealed record LambdaFunction
{
    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The Amazon Resource Name.</summary>
    public string? FunctionArn { get; init; }

    /// <summary>The region that it lives in. The masters of Lambda@Edge live in <c>us-east-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>The runtime (<c>python3.13</c>); null for a container image.</summary>
    public string? Runtime { get; init; }

    /// <summary>What Lambda calls (<c>index.handler</c>); null for a container image.</summary>
    public string? Handler { get; init; }

    /// <summary><c>Zip</c> or <c>Image</c>.</summary>
    public string? PackageType { get; init; }

    /// <summary>The instruction set: <c>x86_64</c> or <c>arm64</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary>The ARN of the role that it runs as.</summary>
    public string? Role { get; init; }

    /// <summary>Memory in MiB.</summary>
    public int MemorySize { get; init; }

    /// <summary>The longest that it may run.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>The size of the deployment package in bytes.</summary>
    public long CodeSize { get; init; }

    /// <summary>The SHA-256 of the deployment package, in Base64, as Lambda writes it.</summary>
    public string? CodeSha256 { get; init; }

    /// <summary>When the function was last changed (UTC).</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The names of its environment variables.</summary>
    public IReadOnlyList<string> EnvironmentVariables { get; init; } = [];

    /// <summary>The ARNs of the layer versions that it uses, in their order.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>What its owner says of it.</summary>
    public string? Description { get; init; }

    /// <summary><c>Active</c>, <c>Inactive</c>, <c>Pending</c> or <c>Failed</c>.</summary>
    public string? State { get; init; }

    /// <summary>The address of the container image with its digest; null for a deployment package.</summary>
    public string? ImageUri { get; init; }

    /// <summary>How many executions at once are kept for it; null where it shares the account's.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>The numbers of its published versions, the oldest first.</summary>
    public IReadOnlyList<string> PublishedVersions { get; init; } = [];

    /// <summary>Its aliases, each with the version that it means.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>The addresses at which it, or an alias of it, can be called over HTTPS.</summary>
    public IReadOnlyList<string> FunctionUrls { get; init; } = [];

    /// <summary>The ARNs of the queues, streams and clusters that feed it; the UUID of a mapping whose source has none.</summary>
    public IReadOnlyList<string> EventSources { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => FunctionName;
}
