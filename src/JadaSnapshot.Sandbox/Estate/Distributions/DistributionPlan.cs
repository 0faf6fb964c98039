namespace JadaSnapshot.Sandbox.Estate.Distributions;

internal enum OriginKind { Bucket, Website, Api, Media }

/// <summary>A distribution to make.</summary>
internal sealed record DistributionPlan(string Site, string Stage, OriginKind Kind, string Target, string Path = "")
{
    public string Comment => $"{Stage}: {Site}";

    public string CallerReference => $"{Stage}-{Site}";

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public bool IsProduction => Stage == "production";
}
