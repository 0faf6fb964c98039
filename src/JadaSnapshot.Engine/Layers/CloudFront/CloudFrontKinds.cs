using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>What there is in CloudFront, and the lists that tell of it.</summary>
internal static class CloudFrontKinds
{
    public const string Root = "/2020-05-31/";

    public static readonly XNamespace Namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    private const string Home = "aws-configs/cloudfront/";

    /// <summary>A summary leaves out where logs go, the root object, the caller reference and the continuous deployment policy.</summary>
    public static ListedKind Distributions { get; } = Of("distribution", "distributions", "ListDistributions", "distribution", "Items", "DistributionSummary") with
    {
        Document = "distribution-summary.xml",
        Refine = Named,
    };

    public static ListedKind Functions { get; } = FunctionsAt("DEVELOPMENT", "development.xml");

    public static ListedKind LiveFunctions { get; } = FunctionsAt("LIVE", "live.xml");

    public static ListedKind KeyValueStores { get; } = Of("key-value-store", "key-value-stores", "ListKeyValueStores", "key-value-store", "Items", "KeyValueStore");

    /// <summary>Kinds of which the list leaves out nothing that it takes to make one again.</summary>
    public static IReadOnlyList<ListedKind> Shared { get; } =
    [
        Of("origin-access-control", "origin-access-controls", "ListOriginAccessControls", "origin-access-control", "Items", "OriginAccessControlSummary"),
        Of("origin-access-identity", "origin-access-identities", "ListCloudFrontOriginAccessIdentities", "origin-access-identity/cloudfront", "Items", "CloudFrontOriginAccessIdentitySummary"),
        Own("cache-policy", "cache-policies", "ListCachePolicies", "CachePolicySummary"),
        Own("origin-request-policy", "origin-request-policies", "ListOriginRequestPolicies", "OriginRequestPolicySummary"),
        Own("response-headers-policy", "response-headers-policies", "ListResponseHeadersPolicies", "ResponseHeadersPolicySummary"),
        Of("key-group", "key-groups", "ListKeyGroups", "key-group", "Items", "KeyGroupSummary"),
        Of("public-key", "public-keys", "ListPublicKeys", "public-key", "Items", "PublicKeySummary"),
        Of("field-level-encryption", "field-level-encryption-configs", "ListFieldLevelEncryptionConfigs", "field-level-encryption", "Items", "FieldLevelEncryptionSummary"),
        Of("field-level-encryption-profile", "field-level-encryption-profiles", "ListFieldLevelEncryptionProfiles", "field-level-encryption-profile", "Items", "FieldLevelEncryptionProfileSummary"),
        Of("continuous-deployment-policy", "continuous-deployment-policies", "ListContinuousDeploymentPolicies", "continuous-deployment-policy", "Items", "ContinuousDeploymentPolicySummary"),
        Of("realtime-log-config", "realtime-log-configs", "ListRealtimeLogConfigs", "realtime-log-config", "Items", "member"),
    ];

    public static IReadOnlyList<ListedKind> All { get; } = [Distributions, Functions, KeyValueStores, .. Shared];

    public static ListedKind Of(Resource resource) => All.First(kind => kind.Name == resource.Kind);

    private static ListedKind Of(string kind, string folder, string operation, string path, params string[] items) => new(kind, new(operation, Root + path, items), $"{Home}{folder}/");

    /// <summary>Of policies, those that the account made: AWS keeps its own everywhere, under the same ids.</summary>
    private static ListedKind Own(string kind, string folder, string operation, string item) =>
        new(kind, new(operation, Root + kind, "Items", item) { Parameters = [new("Type", "custom")] }, $"{Home}{folder}/");

    private static ListedKind FunctionsAt(string stage, string document) => new("function", new("ListFunctions", Root + "function", "Items", "FunctionSummary") { Parameters = [new("Stage", stage)] }, $"{Home}functions/")
    {
        Document = document,
        Refine = (item, resource) => resource with { Arn = item.ShallowText("FunctionARN") },
    };

    /// <summary>People know a distribution by its first alias.</summary>
    private static Resource Named(XElement summary, Resource resource)
    {
        string[] names = [.. summary.All("Aliases", "Items", "CNAME").Select(alias => alias.Value), summary.Text("DomainName") ?? resource.Id];
        return resource with
        {
            Name = names[0],
            OtherNames = names[1..],
            Description = string.Join(", ", summary.All("Origins", "Items", "Origin").Select(origin => origin.Text("DomainName"))),
        };
    }
}
