using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>A family of resources that differ in their names only: policies, access controls, keys.</summary>
internal sealed record ConfigKind(string Noun, string Path, params string[] Required)
{
    public string ConfigElement => Noun + "Config";

    public string ListElement => Noun + "List";

    /// <summary>What the operations that make and change one are named after.</summary>
    public string ChangedNoun { get; init; } = Noun;

    public string Plural { get; init; } = Noun.EndsWith('y') && Noun != "PublicKey" ? Noun[..^1] + "ies" : Noun + "s";

    /// <summary>What tells two of a kind apart.</summary>
    public string UniqueElement { get; init; } = "Name";

    /// <summary>Whether an update goes to <c>{Id}/config</c>, as older kinds have it, or to <c>{Id}</c>.</summary>
    public bool UpdatesConfig { get; init; }

    /// <summary>Whether lists have Marker and IsTruncated.</summary>
    public bool OlderList { get; init; }

    /// <summary>Whether ids are UUIDs.</summary>
    public bool GuidIds { get; init; }

    /// <summary>What refuses to delete one that is in use.</summary>
    public string InUseCode { get => field ?? ChangedNoun + "InUse"; init; }

    /// <summary>Whether to make one again, alike in all, answers with the first.</summary>
    public bool IsIdempotent { get; init; }

    public string MissingCode { get; init; } = "NoSuch" + Noun;

    public int MissingStatus { get; init; } = 404;

    /// <summary>What stands between the id and the configuration.</summary>
    public Func<ConfigResource, XElement?> Extras { get; init; } = resource => new XElement("LastModifiedTime", resource.Modified.IsoMilliseconds());

    /// <summary>What a list shows.</summary>
    public Func<ConfigResource, IEnumerable<XElement>> Summary { get; init; } =
        resource => [new("Type", resource.Managed ? "managed" : "custom"), resource.Whole()];

    public SandboxException Missing() => new(MissingStatus, MissingCode, $"The specified {Noun} does not exist.");
}

internal static class ConfigKinds
{
    public static ConfigKind OriginAccessControl { get; } = new("OriginAccessControl", "origin-access-control", "Name", "SigningProtocol", "SigningBehavior", "OriginAccessControlOriginType")
    {
        UpdatesConfig = true,
        OlderList = true,
        Extras = _ => null,
        Summary = resource =>
        [
            new("Id", resource.Id),
            new("Description", resource.Config.Tree.Text("Description") ?? ""),
            .. resource.Config.Tree.Elements().Where(element => element.Name != "Description").Select(element => new XElement(element)),
        ],
    };

    public static ConfigKind OriginAccessIdentity { get; } = new("CloudFrontOriginAccessIdentity", "origin-access-identity/cloudfront", "CallerReference", "Comment")
    {
        UpdatesConfig = true,
        OlderList = true,
        UniqueElement = "CallerReference",
        IsIdempotent = true,
        Extras = CanonicalUser,
        Summary = resource => [new("Id", resource.Id), CanonicalUser(resource), new("Comment", resource.Config.Tree.Text("Comment"))],
    };

    public static ConfigKind CachePolicy { get; } = new("CachePolicy", "cache-policy", "Name", "MinTTL") { GuidIds = true };

    public static ConfigKind OriginRequestPolicy { get; } = new("OriginRequestPolicy", "origin-request-policy", "Name", "HeadersConfig", "CookiesConfig", "QueryStringsConfig") { GuidIds = true };

    public static ConfigKind ResponseHeadersPolicy { get; } = new("ResponseHeadersPolicy", "response-headers-policy", "Name") { GuidIds = true };

    public static ConfigKind KeyGroup { get; } = new("KeyGroup", "key-group", "Name", "Items")
    {
        GuidIds = true,
        InUseCode = "ResourceInUse",
        MissingCode = "NoSuchResource",
        Summary = resource => [resource.Whole()],
    };

    public static ConfigKind PublicKey { get; } = new("PublicKey", "public-key", "CallerReference", "Name", "EncodedKey")
    {
        UpdatesConfig = true,
        Extras = Created,
        Summary = resource =>
        [
            new("Id", resource.Id), new("Name", resource.Config.Tree.Text("Name")), Created(resource),
            new("EncodedKey", resource.Config.Tree.Text("EncodedKey")), new("Comment", resource.Config.Tree.Text("Comment") ?? ""),
        ],
    };

    public static ConfigKind FieldLevelEncryption { get; } = new("FieldLevelEncryption", "field-level-encryption", "CallerReference")
    {
        ChangedNoun = "FieldLevelEncryptionConfig",
        Plural = "FieldLevelEncryptionConfigs",
        UpdatesConfig = true,
        UniqueElement = "CallerReference",
        MissingCode = "NoSuchFieldLevelEncryptionConfig",
        Summary = Flat,
    };

    public static ConfigKind FieldLevelEncryptionProfile { get; } = new("FieldLevelEncryptionProfile", "field-level-encryption-profile", "Name", "CallerReference", "EncryptionEntities")
    {
        UpdatesConfig = true,
        Summary = Flat,
    };

    public static ConfigKind ContinuousDeploymentPolicy { get; } = new("ContinuousDeploymentPolicy", "continuous-deployment-policy", "StagingDistributionDnsNames", "Enabled")
    {
        GuidIds = true,
        UniqueElement = "StagingDistributionDnsNames",
        Summary = resource => [resource.Whole()],
    };

    public static IReadOnlyList<ConfigKind> All { get; } =
    [
        OriginAccessControl, OriginAccessIdentity, CachePolicy, OriginRequestPolicy, ResponseHeadersPolicy, KeyGroup, PublicKey,
        FieldLevelEncryption, FieldLevelEncryptionProfile, ContinuousDeploymentPolicy,
    ];

    /// <summary>Id, time of change, and the configuration's own members without the caller reference.</summary>
    private static IEnumerable<XElement> Flat(ConfigResource resource) =>
    [
        new("Id", resource.Id),
        new("LastModifiedTime", resource.Modified.IsoMilliseconds()),
        .. resource.Config.Tree.Elements().Where(element => element.Name != "CallerReference").Select(element => new XElement(element)),
    ];

    private static XElement Created(ConfigResource resource) => new("CreatedTime", resource.Modified.IsoMilliseconds());

#pragma warning disable CA1308 // canonical user ids are in lower case
    private static XElement CanonicalUser(ConfigResource resource) => new("S3CanonicalUserId", (SandboxWorld.HashId(resource.Id, 64) + SandboxWorld.HashId("user" + resource.Id, 32)).ToLowerInvariant());
#pragma warning restore CA1308
}
