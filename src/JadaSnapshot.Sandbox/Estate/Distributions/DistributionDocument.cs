using System.Xml.Linq;
using JadaSnapshot.Sandbox.Estate.Certificates;

namespace JadaSnapshot.Sandbox.Estate.Distributions;

/// <summary>Writes a plan as the document that CloudFront takes.</summary>
internal sealed class DistributionDocument(EstateScript script, DistributionPlan plan, SharedParts parts, string? accessControlId)
{
    private static readonly XNamespace Ns = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    private const string CachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6", CachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    private const string AllViewerExceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac", SecurityHeaders = "67f7725c-6f97-4210-82d7-5512b31e9d03";

    private const string SiteOrigin = "origin", ApiOrigin = "bookings-api";

    public static XElement E(string name, params object?[] content) => new(Ns + name, content);

    public XElement WithTags() => E("DistributionConfigWithTags", Config(), E("Tags", E("Items",
        E("Tag", E("Key", "site"), E("Value", plan.Site)), E("Tag", E("Key", "stage"), E("Value", plan.Stage)))));

    private XElement Config() => E("DistributionConfig",
        E("CallerReference", plan.CallerReference),
        List("Aliases", plan.Aliases.Select(alias => E("CNAME", alias))),
        E("DefaultRootObject", plan.Kind == OriginKind.Bucket ? "index.html" : ""),
        List("Origins", Origins()),
        E("OriginGroups", E("Quantity", 0)),
        DefaultBehaviour(),
        List("CacheBehaviors", Behaviours()),
        List("CustomErrorResponses", plan.Kind == OriginKind.Bucket ? [NotFound()] : []),
        E("Comment", plan.Comment),
        Logging(),
        E("PriceClass", plan.IsProduction ? "PriceClass_100" : "PriceClass_All"),
        E("Enabled", !plan.IsRetired),
        Certificate(),
        E("Restrictions", E("GeoRestriction", E("RestrictionType", "none"), E("Quantity", 0))),
        E("WebACLId", ""),
        E("HttpVersion", "http2and3"),
        E("IsIPV6Enabled", true),
        E("ContinuousDeploymentPolicyId", ""),
        E("Staging", false));

    private IEnumerable<XElement> Origins()
    {
        yield return plan.Kind switch
        {
            OriginKind.Bucket => Origin(SiteOrigin, $"{plan.Target}.s3.{DistributionCatalogue.RegionOf(plan.Target)}.amazonaws.com",
                E("S3OriginConfig", E("OriginAccessIdentity", ""))),
            OriginKind.Website => Origin(SiteOrigin, $"{plan.Target}.s3-website-us-west-2.amazonaws.com", Custom("http-only")),
            OriginKind.Api => Origin(SiteOrigin, $"{plan.Target}.execute-api.us-west-2.amazonaws.com", Custom("https-only")),
            _ => Origin(SiteOrigin, plan.Target, Custom("match-viewer")),
        };
        if (HasBookings)
            yield return Origin(ApiOrigin, "a1b2c3d4e5.execute-api.us-west-2.amazonaws.com", Custom("https-only"));
    }

    private bool HasBookings => plan.Site == "book.sailjada.com";

    private string OriginToldSecrets => HasBookings ? ApiOrigin : SiteOrigin;

    private XElement Origin(string id, string domain, XElement kind) => E("Origin",
        E("Id", id),
        E("DomainName", domain),
        E("OriginPath", id == ApiOrigin ? $"/{plan.Stage}" : plan.Path),
        List("CustomHeaders", id == OriginToldSecrets ? SecretHeaders() : []),
        kind,
        E("ConnectionAttempts", 3),
        E("ConnectionTimeout", 10),
        E("OriginShield", E("Enabled", false)),
        E("OriginAccessControlId", id == SiteOrigin ? accessControlId ?? "" : ""));

    private IEnumerable<XElement> SecretHeaders() => EstateSecrets.Headers.Where(header => header.Site == plan.Site).Select(header =>
        E("OriginCustomHeader", E("HeaderName", header.Header), E("HeaderValue", header.Value(script.Secret(header.Name(plan.Stage))))));

    private static XElement Custom(string protocol) => E("CustomOriginConfig",
        E("HTTPPort", 80), E("HTTPSPort", 443), E("OriginProtocolPolicy", protocol),
        List("OriginSslProtocols", [E("SslProtocol", "TLSv1.2")]), E("OriginReadTimeout", 30), E("OriginKeepaliveTimeout", 5));

    private XElement DefaultBehaviour()
    {
        var isApi = plan.Kind == OriginKind.Api;
        return E("DefaultCacheBehavior", Behaviour(SiteOrigin, isApi, plan is { IsProduction: true, Kind: OriginKind.Website } ? Edge() : []));
    }

    private IEnumerable<XElement> Behaviours()
    {
        if (HasBookings) yield return E("CacheBehavior", E("PathPattern", "/bookings/*"), Behaviour(ApiOrigin, true, []));
        if (plan.Kind == OriginKind.Website && plan.IsProduction)
            yield return E("CacheBehavior", E("PathPattern", "/img/*"), Behaviour(SiteOrigin, false, []));
    }

    private IEnumerable<XElement> Edge()
    {
        if (!EstateNames.Sites.Contains(plan.Site)) yield break;
        yield return E("LambdaFunctionAssociation",
            E("LambdaFunctionARN", $"arn:aws:lambda:{EstateNames.East}:{script.World.Account}:function:edge-redirect:1"),
            E("EventType", "origin-request"), E("IncludeBody", false));
        yield return E("LambdaFunctionAssociation",
            E("LambdaFunctionARN", $"arn:aws:lambda:{EstateNames.East}:{script.World.Account}:function:edge-security-headers:2"),
            E("EventType", "origin-response"), E("IncludeBody", false));
    }

    private object[] Behaviour(string origin, bool isApi, IEnumerable<XElement> edge)
    {
        string[] methods = isApi ? ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"] : ["HEAD", "GET"];
        return
        [
            E("TargetOriginId", origin),
            E("TrustedSigners", E("Enabled", false), E("Quantity", 0)),
            E("TrustedKeyGroups", E("Enabled", false), E("Quantity", 0)),
            E("ViewerProtocolPolicy", isApi ? "https-only" : "redirect-to-https"),
            E("AllowedMethods", E("Quantity", methods.Length), E("Items", methods.Select(method => E("Method", method))),
                E("CachedMethods", E("Quantity", 2), E("Items", E("Method", "HEAD"), E("Method", "GET")))),
            E("SmoothStreaming", false),
            E("Compress", true),
            List("LambdaFunctionAssociations", edge),
            List("FunctionAssociations", plan.Kind == OriginKind.Bucket && !isApi ? [IndexFunction()] : []),
            E("FieldLevelEncryptionId", ""),
            E("CachePolicyId", isApi ? CachingDisabled : IsMedia ? parts.CachePolicy : CachingOptimized),
            isApi ? E("OriginRequestPolicyId", AllViewerExceptHost) : E("ResponseHeadersPolicyId", IsMedia ? parts.HeadersPolicy : SecurityHeaders),
        ];
    }

    private bool IsMedia => plan.Target.StartsWith("jada-", StringComparison.Ordinal);

    private XElement IndexFunction() => E("FunctionAssociation", E("FunctionARN", parts.IndexFunction), E("EventType", "viewer-request"));

    private static XElement NotFound() => E("CustomErrorResponse",
        E("ErrorCode", 403), E("ResponsePagePath", "/404.html"), E("ResponseCode", 404), E("ErrorCachingMinTTL", 60));

    private XElement Logging() => E("Logging",
        E("Enabled", plan.IsProduction), E("IncludeCookies", false),
        E("Bucket", plan.IsProduction ? $"{EstateNames.DistributionLogs}.s3.amazonaws.com" : ""), E("Prefix", plan.IsProduction ? "logs/" : ""));

    private XElement Certificate() => plan.Aliases.Count == 0
        ? E("ViewerCertificate", E("CloudFrontDefaultCertificate", true), E("SSLSupportMethod", "vip"), E("MinimumProtocolVersion", "TLSv1"), E("CertificateSource", "cloudfront"))
        : E("ViewerCertificate", E("CloudFrontDefaultCertificate", false),
            E("ACMCertificateArn", CertificateArn(script, plan.Site)), E("SSLSupportMethod", "sni-only"), E("MinimumProtocolVersion", "TLSv1.2_2021"),
            E("Certificate", CertificateArn(script, plan.Site)), E("CertificateSource", "acm"));

    /// <summary>One certificate for a site and all names under it.</summary>
    private static string CertificateArn(EstateScript script, string site) =>
        CertificateCatalogue.ArnOf(script, EstateNames.Sites.Single(each => site.EndsWith(each, StringComparison.Ordinal)), EstateNames.East);

    private static XElement List(string name, IEnumerable<XElement> items)
    {
        XElement[] all = [.. items];
        return all.Length == 0 ? E(name, E("Quantity", 0)) : E(name, E("Quantity", all.Length), E("Items", all));
    }
}
