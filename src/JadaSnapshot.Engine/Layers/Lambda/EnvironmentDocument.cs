namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary><c>environment.json</c> of a function: what can be said of its variables without saying their values.</summary>
internal sealed record EnvironmentDocument
{
    public const string Name = "environment.json";

    public required string Function { get; init; }
    public required string Region { get; init; }
    public required IReadOnlyList<EnvironmentVariable> Variables { get; init; }
}

/// <summary>A variable with one value. A variable that versions give different values is there once for each.</summary>
internal sealed record EnvironmentVariable
{
    public required string Name { get; init; }
    public required string Fingerprint { get; init; }

    /// <summary><c>$LATEST</c> and the published versions that have it.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    public string? LooksLike { get; init; }

    /// <summary>What it speaks of, as far as that is no secret.</summary>
    public string? Reference { get; init; }
}
