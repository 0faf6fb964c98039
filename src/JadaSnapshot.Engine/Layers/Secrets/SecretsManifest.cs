namespace JadaSnapshot.Engine.Layers.Secrets;

/// <summary><c>secrets-manifest.json</c>: which secrets and parameters there are, and who refers to them. Never a value.</summary>
internal sealed record SecretsManifest
{
    public required IReadOnlyList<StoredSecret> Secrets { get; init; }
    public required IReadOnlyList<StoredSecret> Parameters { get; init; }
}

internal sealed record StoredSecret
{
    public required string Name { get; init; }
    public required string Region { get; init; }
    public string? Arn { get; init; }

    /// <summary>Of a parameter: <c>String</c>, <c>StringList</c> or <c>SecureString</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Of a parameter: <c>Standard</c> or <c>Advanced</c>.</summary>
    public string? Tier { get; init; }

    /// <summary>The key that it is encrypted under; null for the service's own.</summary>
    public string? KmsKeyId { get; init; }

    public bool? RotationEnabled { get; init; }
    public string? RotationLambda { get; init; }
    public DateTimeOffset? LastRotated { get; init; }
    public DateTimeOffset? LastChanged { get; init; }
    public required IReadOnlyList<Lambda.VariablePlace> ReferredToBy { get; init; }
}
