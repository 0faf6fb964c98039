namespace JadaSnapshot;

/// <summary>What a bucket is for.</summary>
public enum BucketCategory
{
    /// <summary>No rule decides.</summary>
    Unknown,

    /// <summary>The content of a site that visitors see.</summary>
    ProductionSite,

    /// <summary>A copy of a site, or of anything else, before it goes live.</summary>
    Staging,

    /// <summary>Pictures, video, uploads, assets.</summary>
    Media,

    /// <summary>What a CloudFront distribution takes its files from, and is no site by itself.</summary>
    CloudFrontOrigin,

    /// <summary>Deployment packages and layers of Lambda functions.</summary>
    LambdaSource,

    /// <summary>Logs, backups, data, temporary files, redirects.</summary>
    Operational,
}
