using System.Security.Cryptography;
using System.Xml.Linq;
using static JadaSnapshot.Sandbox.Estate.Distributions.DistributionDocument;

namespace JadaSnapshot.Sandbox.Estate.Distributions;

/// <summary>What gathers around distributions in time: invalidations, keys, stores, policies that no distribution uses yet.</summary>
internal static class EdgeParts
{
    private static readonly string[][] Deployments = [["/*"], ["/index.html", "/css/*", "/js/*"], ["/events/*", "/calendar.json"]];

    public static async Task BuildAsync(EstateScript script)
    {
        script.Clock.Set(40);
        await CreateKeysAsync(script);
        await CreatePoliciesAsync(script);
        await script.CloudFrontAsync("POST", "origin-access-identity/cloudfront", E("CloudFrontOriginAccessIdentityConfig",
            E("CallerReference", "estate-legacy"), E("Comment", "Reads the old gallery")));
        await script.CloudFrontAsync("POST", "realtime-log-config", E("CreateRealtimeLogConfigRequest",
            E("EndPoints", E("member", E("StreamType", "Kinesis"), E("KinesisStreamConfig",
                E("RoleARN", $"arn:aws:iam::{script.World.Account}:role/jada-edge-logs"),
                E("StreamARN", $"arn:aws:kinesis:{EstateNames.East}:{script.World.Account}:stream/jada-edge")))),
            E("Fields", E("Field", "timestamp"), E("Field", "cs-uri-stem"), E("Field", "sc-status")),
            E("Name", "jada-edge"), E("SamplingRate", 5)));
        await InvalidateAsync(script);
    }

    private static async Task CreateKeysAsync(EstateScript script)
    {
        var key = await script.CloudFrontAsync("POST", "public-key", E("PublicKeyConfig",
            E("CallerReference", "estate-crew"), E("Name", "jada-crew"), E("EncodedKey", PublicKey(script)), E("Comment", "Signs links to the crew's pictures")));
        await script.CloudFrontAsync("POST", "key-group", E("KeyGroupConfig",
            E("Name", "jada-crew"), E("Items", E("PublicKey", EstateScript.Text(key, "Id"))), E("Comment", "Links of the crew")));
        await script.CloudFrontAsync("POST", "key-value-store", E("CreateKeyValueStoreRequest", E("Name", "jada-redirects"), E("Comment", "Old paths and new ones")));
    }

    private static async Task CreatePoliciesAsync(EstateScript script)
    {
        await script.CloudFrontAsync("POST", "origin-request-policy", E("OriginRequestPolicyConfig",
            E("Comment", "Language and country reach the origin"), E("Name", "jada-visitor"),
            E("HeadersConfig", E("HeaderBehavior", "whitelist"), E("Headers", E("Quantity", 2), E("Items", E("Name", "Accept-Language"), E("Name", "CloudFront-Viewer-Country")))),
            E("CookiesConfig", E("CookieBehavior", "none")),
            E("QueryStringsConfig", E("QueryStringBehavior", "all"))));
    }

    /// <summary>The three sites are deployed to production and to staging.</summary>
    private static async Task InvalidateAsync(EstateScript script)
    {
        var list = EstateScript.Xml(await script.CloudFrontAsync("GET", "distribution", null));
        var deployed = list.Descendants().Where(each => each.Name.LocalName == "DistributionSummary")
            .Where(each => Child(each, "Aliases")!.Descendants().Any(alias => EstateNames.Sites.Any(site => alias.Value == site || alias.Value == $"staging.{site}")))
            .OrderBy(each => Child(each, "Comment")!.Value, StringComparer.Ordinal).Select(each => Child(each, "Id")!.Value);
        foreach (var id in deployed)
            for (var deployment = 0; deployment < Deployments.Length; deployment++)
            {
                script.Clock.Set(20 - 6 * deployment);
                var paths = Deployments[deployment];
                await script.CloudFrontAsync("POST", $"distribution/{id}/invalidation", E("InvalidationBatch",
                    E("Paths", E("Quantity", paths.Length), E("Items", paths.Select(path => E("Path", path)))), E("CallerReference", $"release-{deployment + 1}")));
            }
        await script.CloudFrontAsync("POST", $"distributions/{deployed.First()}/monitoring-subscription", E("MonitoringSubscription",
            E("RealtimeMetricsSubscriptionConfig", E("RealtimeMetricsSubscriptionStatus", "Enabled"))));
    }

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The form of an RSA key of 2,048 bits around bytes that are none.</summary>
    private static string PublicKey(EstateScript script) => PemEncoding.WriteString("PUBLIC KEY", script.DiceFor("public-key/jada-crew").Bytes(294)) + "\n";
}
