namespace JadaSnapshot;

/// <summary>What is asked of each CloudFront distribution beyond its configuration and tags. Every such question costs a tenth of a second of CloudFront's request budget.</summary>
public enum DistributionDetail
{
    /// <summary>Nothing.</summary>
    Configuration,

    /// <summary>The recent invalidations of those distributions that are enabled and have an alias.</summary>
    InUse,

    /// <summary>The recent invalidations of every distribution, and whether it has additional metrics.</summary>
    All,
}
