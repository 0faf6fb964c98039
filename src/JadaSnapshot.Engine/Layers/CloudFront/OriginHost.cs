using System.Text.RegularExpressions;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Tells what the host of an origin is.</summary>
internal static partial class OriginHost
{
    /// <summary>What a host is, and the name that it is known by among its kind.</summary>
    public static (OriginKind Kind, string Name) Read(string domain) =>
        Bucket().Match(domain) is { Success: true } bucket ? (bucket.Groups["website"].Success ? OriginKind.BucketWebsite : OriginKind.Bucket, bucket.Groups["name"].Value)
        : Api().Match(domain) is { Success: true } api ? (OriginKind.Api, api.Groups["name"].Value)
        : FunctionUrl().Match(domain) is { Success: true } url ? (OriginKind.FunctionUrl, url.Groups["name"].Value)
        : LoadBalancer().Match(domain) is { Success: true } balancer ? (OriginKind.LoadBalancer, balancer.Groups["name"].Value)
        : (OriginKind.Host, domain);

    [GeneratedRegex(@"\A(?<name>.+)\.s3(?<website>-website)?([.-](dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(\.cn)?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Bucket();

    [GeneratedRegex(@"\A(?<name>[a-z0-9-]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Api();

    [GeneratedRegex(@"\A(?<name>[a-z0-9]+)\.lambda-url\.[a-z0-9-]+\.on\.aws\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex FunctionUrl();

    /// <summary>Application load balancers have their region before <c>elb</c>, network load balancers behind it.</summary>
    [GeneratedRegex(@"\A(dualstack\.)?(?<name>[a-z0-9-]+)\.([a-z0-9-]+\.elb|elb\.[a-z0-9-]+)\.amazonaws\.com(\.cn)?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex LoadBalancer();
}
