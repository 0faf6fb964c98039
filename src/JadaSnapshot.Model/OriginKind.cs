namespace JadaSnapshot;

/// <summary>What an origin of a distribution is.</summary>
public enum OriginKind
{
    /// <summary>Any host that is none of the others.</summary>
    Host,

    /// <summary>A bucket.</summary>
    Bucket,

    /// <summary>The website endpoint of a bucket.</summary>
    BucketWebsite,

    /// <summary>An API of API Gateway.</summary>
    Api,

    /// <summary>The URL of a Lambda function.</summary>
    FunctionUrl,

    /// <summary>A load balancer.</summary>
    LoadBalancer,
}
