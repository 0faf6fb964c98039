using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>How one kind of what distributions share is made by <c>aws cloudfront</c>.</summary>
/// <param name="Noun">What the commands call it.</param>
/// <param name="Result">What the answer calls it.</param>
/// <param name="Path">Where its configuration stands in its document.</param>
/// <param name="References">Whether it has a caller reference.</param>
internal sealed record SharedRequest(string Noun, string Result, string[] Path, bool References = false)
{
    private static readonly string[] Members = ["Name", "Description", "Comment", "EncodedKey", "SigningProtocol", "SigningBehavior", "OriginAccessControlOriginType"];

    // What others refer to goes first.
    private static readonly (string Kind, SharedRequest Request)[] Known =
    [
        ("origin-access-control", new("origin-access-control", "OriginAccessControl", [])),
        ("origin-access-identity", new("cloud-front-origin-access-identity", "CloudFrontOriginAccessIdentity", [], References: true)),
        ("public-key", new("public-key", "PublicKey", [], References: true)),
        ("key-group", new("key-group", "KeyGroup", ["KeyGroup", "KeyGroupConfig"])),
        ("cache-policy", new("cache-policy", "CachePolicy", ["CachePolicy", "CachePolicyConfig"])),
        ("origin-request-policy", new("origin-request-policy", "OriginRequestPolicy", ["OriginRequestPolicy", "OriginRequestPolicyConfig"])),
        ("response-headers-policy", new("response-headers-policy", "ResponseHeadersPolicy", ["ResponseHeadersPolicy", "ResponseHeadersPolicyConfig"])),
    ];

    /// <summary>How CloudFront's documents read.</summary>
    public static RequestShape Shape { get; } = new()
    {
        Lists = new HashSet<string> { "Items" },
        Numbers = new HashSet<string>
        {
            "Quantity", "HTTPPort", "HTTPSPort", "OriginReadTimeout", "OriginKeepaliveTimeout", "ResponseCompletionTimeout", "ConnectionAttempts", "ConnectionTimeout", "MinTTL", "DefaultTTL", "MaxTTL",
            "ErrorCode", "ErrorCachingMinTTL", "StatusCode", "AccessControlMaxAgeSec",
        },
        Flags = new HashSet<string>
        {
            "Enabled", "IncludeCookies", "SmoothStreaming", "Compress", "QueryString", "Staging", "IsIPV6Enabled", "CloudFrontDefaultCertificate", "EnableAcceptEncodingGzip", "EnableAcceptEncodingBrotli",
            "Override", "OriginOverride", "AccessControlAllowCredentials", "IncludeSubdomains", "Preload", "Protection", "ModeBlock",
        },
    };

    /// <summary>Where the answer says the new id.</summary>
    public string IdQuery => $"{Result}.Id";

    /// <summary>How a kind is made; null where that is not spelt out.</summary>
    public static SharedRequest? Of(string kind) => Known.FirstOrDefault(known => known.Kind == kind).Request;

    /// <summary>When a kind is made.</summary>
    public static int Place(string kind) => Array.FindIndex(Known, known => known.Kind == kind) is var place and >= 0 ? place : Known.Length;

    /// <summary>The request.</summary>
    public JsonObject Request(XElement document, string id)
    {
        var config = Path.Length > 0
            ? (JsonObject)Shape.Of(document.All(Path).First())
            : new JsonObject(document.Elements().Where(element => Members.Contains(element.Name.LocalName)).Select(element => KeyValuePair.Create(element.Name.LocalName, (JsonNode?)Shape.Of(element))));
        if (References) config["CallerReference"] = $"recovery-{id}";
        return new() { [$"{Result}Config"] = config };
    }

    /// <summary>The custom headers whose values are fingerprints.</summary>
    public static IEnumerable<XElement> Fingerprints(XElement config) =>
        config.Descendants().Where(element => element.Name.LocalName == "OriginCustomHeader" && Fingerprinter.IsFingerprint(element.Text("HeaderValue") ?? ""));

    /// <summary>The same without the fingerprints, so that none is ever sent in place of a value.</summary>
    public static JsonNode WithoutFingerprints(JsonNode request)
    {
        foreach (var headers in (request["Origins"]?["Items"] as JsonArray ?? []).Select(origin => origin?["CustomHeaders"]?["Items"] as JsonArray))
            foreach (var header in headers ?? [])
                if (header?["HeaderValue"] is { } value && Fingerprinter.IsFingerprint(value.GetValue<string>())) header["HeaderValue"] = null;
        return request;
    }
}
