namespace JadaSnapshot;

/// <summary>A site of an estate, with what it is made of.</summary>
public sealed record EstateSite
{
    /// <summary>The site's name.</summary>
    public required string Name { get; init; }

    /// <summary>The names of its hosted zones.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>The buckets that hold its production.</summary>
    public IReadOnlyList<string> Buckets { get; init; } = [];

    /// <summary>Where its staging lies, and what of production each place stands for.</summary>
    public IReadOnlyList<StagingPair> Staging { get; init; } = [];

    /// <summary>The ids of the distributions that serve production.</summary>
    public IReadOnlyList<string> ProductionDistributions { get; init; } = [];

    /// <summary>The ids of the distributions that serve staging.</summary>
    public IReadOnlyList<string> StagingDistributions { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Two places that are to hold the same site: staging, and the production that it stands for.</summary>
public sealed record StagingPair
{
    /// <summary>Where staging lies.</summary>
    public required BucketPlace Staging { get; init; }

    /// <summary>Where the production lies that it stands for.</summary>
    public required BucketPlace Production { get; init; }

    /// <summary>What is meant to differ: the rules of the pair, then those of its site, then those of the estate.</summary>
    public IReadOnlyList<DifferenceRule> MeantToDiffer { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Staging} → {Production}";
}

/// <summary>Keys that are meant to differ between staging and production.</summary>
/// <param name="Pattern">A pattern of keys below both places (<c>*</c> is anything, slashes too).</param>
/// <param name="Reason">Why they are meant to.</param>
/// <param name="Path">Where it stands in the estate file (RFC 6901); empty for a rule that is none of a file's.</param>
public sealed record DifferenceRule(string Pattern, string Reason, string Path = "")
{
    /// <inheritdoc/>
    public override string ToString() => Pattern;
}

/// <summary>A bucket, or what lies under a prefix in one.</summary>
/// <param name="BucketName">The bucket.</param>
/// <param name="Prefix">What the keys begin with: empty, or ending in a slash.</param>
public sealed record BucketPlace(string BucketName, string Prefix = "")
{
    /// <summary>Reads <c>bucket</c> or <c>bucket/prefix/</c>.</summary>
    public static BucketPlace Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new(text) : new(text[..slash], text[(slash + 1)..]);
    }

    /// <summary>Whether another place is this one or lies within it.</summary>
    public bool Holds(BucketPlace other) => other?.BucketName == BucketName && other.Prefix.StartsWith(Prefix, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Prefix.Length == 0 ? BucketName : $"{BucketName}/{Prefix}";
}
