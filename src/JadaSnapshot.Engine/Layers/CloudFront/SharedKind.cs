using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>How a kind of thing that distributions share is made and changed: all have an id, a version and a configuration.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Noun">What it is in the names of operations and elements.</param>
internal sealed record SharedKind(string Kind, string Noun)
{
    // What a list says beside the configuration.
    private static readonly string[] Given = ["Id", "CreatedTime", "LastModifiedTime", "S3CanonicalUserId"];

    private static readonly SharedKind[] All =
    [
        new("origin-access-control", "OriginAccessControl") { UpdatesConfig = true },
        new("origin-access-identity", "CloudFrontOriginAccessIdentity") { UpdatesConfig = true, HasReference = true },
        new("cache-policy", "CachePolicy"),
        new("origin-request-policy", "OriginRequestPolicy"),
        new("response-headers-policy", "ResponseHeadersPolicy"),
        new("public-key", "PublicKey") { UpdatesConfig = true, HasReference = true },
        new("key-group", "KeyGroup"),
        new("field-level-encryption-profile", "FieldLevelEncryptionProfile") { UpdatesConfig = true, HasReference = true },
        new("field-level-encryption", "FieldLevelEncryption") { ChangedNoun = "FieldLevelEncryptionConfig", UpdatesConfig = true, HasReference = true },
        new("continuous-deployment-policy", "ContinuousDeploymentPolicy"),
    ];

    /// <summary>What operations that make, change and delete one are named after.</summary>
    public string ChangedNoun { get; init; } = Noun;

    /// <summary>Whether a change goes to the path of the configuration, as older kinds have it.</summary>
    public bool UpdatesConfig { get; init; }

    /// <summary>Whether the configuration has a caller reference, which no list tells.</summary>
    public bool HasReference { get; init; }

    private ListedKind Listed => CloudFrontKinds.All.First(kind => kind.Name == Kind);

    public XmlList List => Listed.List;

    public string Document => Listed.Document;

    public static SharedKind Of(string kind) => All.First(each => each.Kind == kind);

    /// <summary>The configuration that a list's item says, as requests have it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="reference">The caller reference.</param>
    public XElement Config(XElement item, string? reference)
    {
        var config = item.Descendants().FirstOrDefault(element => element.Name.LocalName == Noun + "Config");
        var written = (config ?? item).In(CloudFrontKinds.Namespace, Noun + "Config", config is null ? Given : []);
        if (HasReference && reference is not null) written.AddFirst(new XElement(CloudFrontKinds.Namespace + "CallerReference", reference));
        return written;
    }

    public WireRequest Create(XElement config) => XmlRequest.Of("Create" + ChangedNoun, "POST", List.Path, config);

    public WireRequest Read(string id) => WireRequest.Get($"Get{Noun}Config", PathOf(id) + "/config");

    public WireRequest Whole(string id) => WireRequest.Get("Get" + Noun, PathOf(id));

    public WireRequest Update(string id, XElement config) => XmlRequest.Of("Update" + ChangedNoun, "PUT", PathOf(id) + (UpdatesConfig ? "/config" : ""), config);

    public string PathOf(string id) => WirePath.Of(List.Path + "/{}", id);
}
