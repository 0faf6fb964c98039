using System.Globalization;
using System.Xml.Linq;

namespace JadaSnapshot.Sandbox.Estate.Zones;

/// <summary>A record set, and how Route 53 chooses it among others of its name and type.</summary>
internal sealed record RecordSet(string Name, string Type, params IReadOnlyList<string> Values)
{
    private static readonly XNamespace Ns = "https://route53.amazonaws.com/doc/2013-04-01/";

    public int Ttl { get; init; } = 300;

    public string? Identifier { get; init; }

    /// <summary>The element of the routing policy: <c>Weight</c>, <c>Region</c>, <c>GeoLocation</c>, …</summary>
    public XElement? Policy { get; init; }

    public string? HealthCheck { get; init; }

    /// <summary>The zone and the name of what this stands for; then it has no values of its own.</summary>
    public (string Zone, string Name, bool Evaluate)? Alias { get; init; }

    public static XElement E(string name, params object?[] content) => new(Ns + name, content);

    public RecordSet Weighted(string identifier, int weight) => this with { Identifier = identifier, Policy = E("Weight", weight) };

    public RecordSet Latency(string region) => this with { Identifier = $"from-{region}", Policy = E("Region", region) };

    public RecordSet Located(string identifier, params (string Kind, string Code)[] place) =>
        this with { Identifier = identifier, Policy = E("GeoLocation", place.Select(each => E(each.Kind, each.Code))) };

    public RecordSet Near(string region, int bias) =>
        this with { Identifier = $"near-{region}", Policy = E("GeoProximityLocation", E("AWSRegion", $"aws:route53:{region}"), E("Bias", bias)) };

    public RecordSet Failover(string role) => this with { Identifier = role, Policy = E("Failover", role.ToUpperInvariant()) };

    public RecordSet Multivalue(string identifier) => this with { Identifier = identifier, Policy = E("MultiValueAnswer", true) };

    public RecordSet Checked(string healthCheck) => this with { HealthCheck = healthCheck };

    public static RecordSet AliasOf(string name, string type, string zone, string target, bool evaluate = false) =>
        new(name, type) { Alias = (zone, target, evaluate) };

    /// <summary>Both address types of a name that a distribution answers for.</summary>
    public static IEnumerable<RecordSet> Distribution(string name, string domain) =>
        [AliasOf(name, "A", ZoneIds.CloudFront, domain), AliasOf(name, "AAAA", ZoneIds.CloudFront, domain)];

    public XElement Change(string action) => E("Change", E("Action", action), ToXml());

    private XElement ToXml() => E("ResourceRecordSet",
        E("Name", Name),
        E("Type", Type),
        Identifier is null ? null : E("SetIdentifier", Identifier),
        Policy,
        Alias is null ? E("TTL", Ttl.ToString(CultureInfo.InvariantCulture)) : null,
        Alias is null ? E("ResourceRecords", Values.Select(value => E("ResourceRecord", E("Value", value)))) : null,
        Alias is { } alias ? E("AliasTarget", E("HostedZoneId", alias.Zone), E("DNSName", alias.Name), E("EvaluateTargetHealth", alias.Evaluate)) : null,
        HealthCheck is null ? null : E("HealthCheckId", HealthCheck));
}

/// <summary>The hosted zones of AWS that alias records point into.</summary>
internal static class ZoneIds
{
    public const string CloudFront = "Z2FDTNDATAQYW2";

    public const string WebsiteWest = "Z3BJ6K6RIION7M";

    public const string ApiWest = "Z2OJLYMUO9EFXC";
}
