using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>The policies that AWS keeps, under their well-known ids.</summary>
internal static class ManagedPolicies
{
    private static readonly DateTimeOffset Created = new(2020, 7, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<ConfigResource> All() =>
    [
        Cache("658327ea-f89d-4fab-a63d-7e88639e58f6", "CachingOptimized", 1, 86400, 31536000, compressed: true, queries: "none"),
        Cache("b2884449-e4de-46a7-ac36-70bc7f1ddd6d", "CachingOptimizedForUncompressedObjects", 1, 86400, 31536000, compressed: false, queries: "none"),
        Cache("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "CachingDisabled", 0, 0, 0, compressed: false, queries: "none"),
        Cache("83da9c7e-98b4-4e11-a168-04f0df8e2c65", "UseOriginCacheControlHeaders", 0, 0, 31536000, compressed: true, queries: "none"),
        Cache("4cc15a8a-d715-48a4-82b8-cc0b614638fe", "UseOriginCacheControlHeaders-QueryStrings", 0, 0, 31536000, compressed: true, queries: "all"),
        Request("216adef6-5c7f-47e4-b989-5492eafa07d3", "AllViewer", "allViewer", "all"),
        Request("b689b0a8-53d0-40ab-baf2-68738e2966ac", "AllViewerExceptHostHeader", "allExcept", "all", "Host"),
        Request("88a5eaf4-2fd4-4709-b370-b4c650ea3fcf", "CORS-S3Origin", "whitelist", "none", "Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method"),
        Request("59781a5b-3903-41f3-afcb-af62929ccde1", "CORS-CustomOrigin", "whitelist", "none", "Origin"),
        Request("acba4595-bd28-49b8-b9fe-13317c0390fa", "UserAgentRefererHeaders", "whitelist", "none", "User-Agent", "Referer"),
        Headers("60669652-455b-4ae9-85a4-c4c02393f86c", "SimpleCORS", Cors(preflight: false)),
        Headers("5cc3b908-e619-4b99-88e5-2cf7f45965bd", "CORS-With-Preflight", Cors(preflight: true)),
        Headers("67f7725c-6f97-4210-82d7-5512b31e9d03", "SecurityHeadersPolicy", Security()),
        Headers("e61eb60c-9c35-4d20-a928-2b84e02af89c", "CORS-and-SecurityHeadersPolicy", Cors(preflight: false), Security()),
        Headers("eaab4381-ed33-4a86-88ca-d9558dc6cd63", "CORS-with-preflight-and-SecurityHeadersPolicy", Cors(preflight: true), Security()),
    ];

    private static ConfigResource Cache(string id, string name, long least, long usual, long most, bool compressed, string queries) =>
        Policy(ConfigKinds.CachePolicy, id, name,
            new("DefaultTTL", usual), new("MaxTTL", most), new("MinTTL", least),
            new("ParametersInCacheKeyAndForwardedToOrigin",
                new XElement("EnableAcceptEncodingGzip", compressed),
                new XElement("EnableAcceptEncodingBrotli", compressed),
                new XElement("HeadersConfig", new XElement("HeaderBehavior", "none")),
                new XElement("CookiesConfig", new XElement("CookieBehavior", "none")),
                new XElement("QueryStringsConfig", new XElement("QueryStringBehavior", queries))));

    private static ConfigResource Request(string id, string name, string behavior, string rest, params string[] headers) =>
        Policy(ConfigKinds.OriginRequestPolicy, id, name,
            new("HeadersConfig", new XElement("HeaderBehavior", behavior), headers.Length == 0 ? null : new XElement("Headers", Items("Name", headers))),
            new("CookiesConfig", new XElement("CookieBehavior", rest)),
            new("QueryStringsConfig", new XElement("QueryStringBehavior", rest)));

    private static ConfigResource Headers(string id, string name, params XElement[] parts) => Policy(ConfigKinds.ResponseHeadersPolicy, id, name, parts);

    private static XElement Cors(bool preflight) => new("CorsConfig",
        new XElement("AccessControlAllowOrigins", Items("Origin", "*")),
        new XElement("AccessControlAllowHeaders", Items("Header", "*")),
        new XElement("AccessControlAllowMethods", preflight ? Items("Method", "GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS") : Items("Method", "GET", "HEAD")),
        new XElement("AccessControlAllowCredentials", false),
        new XElement("OriginOverride", false));

    private static XElement Security() => new("SecurityHeadersConfig",
        new XElement("XSSProtection", new XElement("Override", false), new XElement("Protection", true), new XElement("ModeBlock", true)),
        new XElement("FrameOptions", new XElement("Override", false), new XElement("FrameOption", "SAMEORIGIN")),
        new XElement("ReferrerPolicy", new XElement("Override", false), new XElement("ReferrerPolicy", "strict-origin-when-cross-origin")),
        new XElement("ContentTypeOptions", new XElement("Override", true)),
        new XElement("StrictTransportSecurity", new XElement("Override", false), new XElement("AccessControlMaxAgeSec", 31536000)));

    private static object[] Items(string element, params string[] values) =>
        [new XElement("Quantity", values.Length), new XElement("Items", values.Select(value => new XElement(element, value)))];

    private static ConfigResource Policy(ConfigKind kind, string id, string name, params XElement[] parts) => new()
    {
        Kind = kind,
        Id = id,
        Config = KeptXml.From(new XElement(kind.ConfigElement, new XElement("Comment", $"The policy {name} that AWS manages"), new XElement("Name", "Managed-" + name), parts)),
        ETag = "E" + SandboxWorld.HashId(id, 13),
        Modified = Created,
        Managed = true,
    };
}
