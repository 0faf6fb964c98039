using System.Xml.Linq;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>Writes a distribution whole, and as lists show it.</summary>
internal static class DistributionElements
{
    private static readonly (string Name, Func<object[]> Default)[] Summarized =
    [
        ("Aliases", None),
        ("Origins", None),
        ("OriginGroups", None),
        ("DefaultCacheBehavior", () => []),
        ("CacheBehaviors", None),
        ("CustomErrorResponses", None),
        ("Comment", () => [""]),
        ("PriceClass", () => ["PriceClass_All"]),
        ("Enabled", () => ["false"]),
        ("ViewerCertificate", () =>
        [
            new XElement("CloudFrontDefaultCertificate", true), new XElement("SSLSupportMethod", "vip"),
            new XElement("MinimumProtocolVersion", "TLSv1"), new XElement("CertificateSource", "cloudfront"),
        ]),
        ("Restrictions", () => [new XElement("GeoRestriction", new XElement("RestrictionType", "none"), None())]),
        ("WebACLId", () => [""]),
        ("HttpVersion", () => ["http2"]),
        ("IsIPV6Enabled", () => ["false"]),
        ("Staging", () => ["false"]),
    ];

    public static XElement Whole(CloudFrontState state, Distribution distribution, int invalidationsInProgress) => new("Distribution",
        new XElement("Id", distribution.Id),
        new XElement("ARN", distribution.Arn),
        new XElement("Status", state.IsDeployed(distribution) ? "Deployed" : "InProgress"),
        new XElement("LastModifiedTime", distribution.Modified.IsoMilliseconds()),
        new XElement("InProgressInvalidationBatches", invalidationsInProgress),
        new XElement("DomainName", distribution.DomainName),
        new XElement("ActiveTrustedSigners", new XElement("Enabled", false), None()),
        new XElement("ActiveTrustedKeyGroups", new XElement("Enabled", false), None()),
        distribution.Config.Element(),
        Recordals(distribution));

    public static XElement Summary(CloudFrontState state, Distribution distribution)
    {
        var config = distribution.Config.Tree;
        return new XElement("DistributionSummary",
            new XElement("Id", distribution.Id),
            new XElement("ARN", distribution.Arn),
            new XElement("ETag", distribution.ETag),
            new XElement("Status", state.IsDeployed(distribution) ? "Deployed" : "InProgress"),
            new XElement("LastModifiedTime", distribution.Modified.IsoMilliseconds()),
            new XElement("DomainName", distribution.DomainName),
            Summarized.Select(part => config.Element(part.Name) is { } given ? new XElement(given) : new XElement(part.Name, part.Default())),
            Recordals(distribution));
    }

    private static XElement? Recordals(Distribution distribution) => distribution.Aliases.Any()
        ? new XElement("AliasICPRecordals", distribution.Aliases.Select(alias =>
            new XElement("AliasICPRecordal", new XElement("CNAME", alias), new XElement("ICPRecordalStatus", "APPROVED"))))
        : null;

    private static object[] None() => [new XElement("Quantity", 0)];
}
