using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53.ZoneFiles;

/// <summary>A record set as Route 53 lists it (<see href="https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html"/>).</summary>
/// <param name="Name">The name, with octal escapes and a final dot.</param>
/// <param name="Type">The type.</param>
/// <param name="SetIdentifier">What tells it apart from others of its name and type; null for a simple record set.</param>
/// <param name="Ttl">How long an answer may be kept, in seconds; null where it has no time of its own.</param>
/// <param name="Values">The values, as they were given to Route 53.</param>
/// <param name="Beyond">What of it no zone file can say: <c>alias</c>, <c>weighted</c>, …; nothing for a simple record set.</param>
internal sealed record RecordSet(string Name, string Type, string? SetIdentifier, uint? Ttl, IReadOnlyList<string> Values, IReadOnlyList<string> Beyond)
{
    private static readonly (string Element, string Meaning)[] Unsayable =
    [
        ("AliasTarget", "alias"), ("Weight", "weighted"), ("Region", "latency"), ("GeoLocation", "geolocation"), ("GeoProximityLocation", "geoproximity"),
        ("Failover", "failover"), ("MultiValueAnswer", "multivalue"), ("CidrRoutingConfig", "CIDR"), ("TrafficPolicyInstanceId", "traffic policy"),
    ];

    /// <summary>The record sets of a page.</summary>
    public static IEnumerable<RecordSet> In(XElement page) => page.All("ResourceRecordSets", "ResourceRecordSet").Select(Read);

    private static RecordSet Read(XElement set) => new(
        set.Text("Name") ?? "",
        set.Text("Type") ?? "",
        set.Text("SetIdentifier"),
        uint.TryParse(set.Text("TTL"), NumberStyles.None, CultureInfo.InvariantCulture, out var ttl) ? ttl : null,
        [.. set.All("ResourceRecords", "ResourceRecord", "Value").Select(value => value.Value)],
        [.. Unsayable.Where(part => set.All(part.Element).Any()).Select(part => part.Meaning)]);
}
