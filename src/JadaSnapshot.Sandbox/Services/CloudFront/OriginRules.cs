using System.Text.RegularExpressions;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

internal static partial class OriginRules
{
    private const string IdentityPrefix = "origin-access-identity/cloudfront/";
    private static readonly string[] Kinds = ["S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig"];

    public static void Check(CloudFrontState state, XElement config)
    {
        List<XElement> origins = [.. config.Element("Origins")!.Element("Items")?.Elements("Origin") ?? []];
        if (origins.Count == 0) throw CloudFrontAnswer.Invalid("The parameter Origins must have at least one item.");
        if (origins.DistinctBy(origin => origin.Need("Id", "InvalidArgument")).Count() < origins.Count) throw CloudFrontAnswer.Invalid("The parameter Origin Id must be unique within a distribution.");
        foreach (var origin in origins) CheckOrigin(state, origin);
    }

    /// <summary>The ids that a cache behaviour can name: of origins and of groups of origins.</summary>
    public static HashSet<string> Ids(XElement config) =>
    [
        .. config.Element("Origins")!.Descendants("Origin").Select(origin => origin.Text("Id")!),
        .. config.Element("OriginGroups")?.Descendants("OriginGroup").Select(group => group.Text("Id") ?? "") ?? [],
    ];

    private static void CheckOrigin(CloudFrontState state, XElement origin)
    {
        var domain = origin.Need("DomainName", "InvalidArgument");
        var kinds = Kinds.Count(kind => origin.Element(kind) is not null);
        if (kinds != 1) throw new SandboxException(400, "InvalidOrigin", "An origin must have exactly one of S3OriginConfig, CustomOriginConfig and VpcOriginConfig.");
        if (!DomainPattern().IsMatch(domain)) throw CloudFrontAnswer.Invalid("The parameter Origin DomainName does not refer to a valid domain.");

        var control = origin.Text("OriginAccessControlId");
        if (!string.IsNullOrEmpty(control) && !state.Of(ConfigKinds.OriginAccessControl).ContainsKey(control))
            throw new SandboxException(400, "InvalidOriginAccessControl", "The origin access control is not valid.");
        if (origin.Element("S3OriginConfig") is not { } s3) return;
        if (!S3Pattern().IsMatch(domain)) throw CloudFrontAnswer.Invalid("The parameter Origin DomainName does not refer to a valid S3 bucket.");
        var identity = s3.Text("OriginAccessIdentity");
        if (string.IsNullOrEmpty(identity)) return;
        if (!string.IsNullOrEmpty(control)) throw CloudFrontAnswer.Invalid("An S3 origin cannot have both an origin access identity and an origin access control.");
        if (!identity.StartsWith(IdentityPrefix, StringComparison.Ordinal) || !state.Of(ConfigKinds.OriginAccessIdentity).ContainsKey(identity[IdentityPrefix.Length..]))
            throw new SandboxException(400, "InvalidOriginAccessIdentity", "The origin access identity is not valid or doesn't exist.");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,253}$")]
    private static partial Regex DomainPattern();

    [GeneratedRegex(@"\.s3([.-][a-z0-9-]+)*\.amazonaws\.com(\.cn)?$")]
    private static partial Regex S3Pattern();
}
