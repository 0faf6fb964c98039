namespace JadaSnapshot.Sandbox.Estate.Distributions;

internal enum OriginKind { Bucket, Website, Api, Media }

/// <summary>A distribution to make.</summary>
internal sealed record DistributionPlan(string Site, string Stage, OriginKind Kind, string Target, string Path = "")
{
    public string Comment => $"{Stage}: {Site}";

    public string CallerReference => $"{Stage}-{Site}";

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Kept, but switched off.</summary>
    public bool IsRetired => !IsProduction && Site is "archive.queenofsandiego.com" or "brand.sailjada.com";

    public bool IsProduction => Stage == "production";
}
