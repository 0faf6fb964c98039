namespace JadaSnapshot;

/// <summary>Something below a local root that an export or a snapshot does not hold as a file.</summary>
public sealed record LocalFileLeftOut
{
    /// <summary>The name of the root.</summary>
    public required string Root { get; init; }

    /// <summary>Its path below the root, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Why.</summary>
    public required LocalFileReason Reason { get; init; }

    /// <summary>What was found, in words; never a secret itself.</summary>
    public string? Detail { get; init; }

    /// <summary>True where it is kept sealed.</summary>
    public bool IsSealed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Detail ?? Reason.ToString()}";
}
