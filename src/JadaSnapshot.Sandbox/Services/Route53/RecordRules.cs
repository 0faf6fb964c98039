using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>What Route 53 demands of a record set by itself. What breaks the request's form is refused at once; what breaks DNS's rules is a message of the batch.</summary>
internal static class RecordRules
{
    private static readonly HashSet<string> Types =
        ["SOA", "A", "TXT", "NS", "CNAME", "MX", "NAPTR", "PTR", "SRV", "SPF", "AAAA", "CAA", "DS", "TLSA", "SSHFP", "SVCB", "HTTPS"];

    public static void CheckForm(Route53State state, RecordSet set, string action)
    {
        var where = $"in Change with [Action={action}, Name={set.Key.Name}, Type={set.Key.Type}, SetIdentifier={(set.Key.SetIdentifier.Length == 0 ? "null" : set.Key.SetIdentifier)}]";
        if (!Types.Contains(set.Key.Type)) throw Route53Errors.InvalidInput(Constraint.NotInSet(set.Key.Type, "changeBatch.changes.1.member.resourceRecordSet.type", Types));
        var (ttl, records) = (set.Element.Element("TTL"), set.Element.Element("ResourceRecords"));
        if (set.Alias is not null ? ttl is not null || records is not null : ttl is null || !set.Values.Any())
            throw Route53Errors.InvalidInput($"Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found {(set.Alias is null ? "none" : "more than one")} {where}");
        CheckRange(set.Element, "TTL", 0, int.MaxValue, where);
        CheckRange(set.Element, "Weight", 0, 255, where);

        var policies = RecordSet.Policies.Count(policy => set.Element.Element(policy) is not null);
        if (set.Key.SetIdentifier.Length > 0 && policies != 1)
            throw Route53Errors.InvalidInput($"Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer, GeoProximityLocation, or CidrRoutingConfig], but found {(policies == 0 ? "none" : "more than one")} {where}");
        if (set.Key.SetIdentifier.Length == 0 && policies > 0) throw Route53Errors.InvalidInput($"Invalid request: Missing field 'SetIdentifier' {where}");
        if (set.Element.Text("Failover") is { } failover && failover is not ("PRIMARY" or "SECONDARY"))
            throw Route53Errors.InvalidInput(Constraint.NotInSet(failover, "failover", ["PRIMARY", "SECONDARY"]));
        if (set.Element.Text("HealthCheckId") is { } check && !state.HealthChecks.ContainsKey(check)) throw Route53Errors.NoSuchHealthCheck(check);
        if (set.Element.Element("CidrRoutingConfig")?.Text("CollectionId") is { } collection) state.CidrCollection(collection);
        if (set.Alias is not { } alias) return;
        foreach (var member in (string[])["HostedZoneId", "DNSName", "EvaluateTargetHealth"]) _ = alias.Need(member, Route53Errors.InvalidInputCode);
    }

    /// <summary>What is wrong with a record set in this zone, or null.</summary>
    public static string? Problem(HostedZone zone, RecordSet set)
    {
        var key = set.Key;
        if (!DnsName.LiesIn(key.Name, zone.Name)) return $"RRSet with DNS name {key.Name} is not permitted in zone {zone.Name}";
        if (key.Type == "CNAME" && key.Name == zone.Name) return $"RRSet of type CNAME with DNS name {key.Name} is not permitted at apex in zone {zone.Name}";
        if (key.Type == "CNAME" && set.Alias is null && set.Values.Count() > 1) return $"Invalid Resource Record: 'FATAL problem: CNAMEHasMultipleValues encountered with '{key.Name}''";
        if (set.Values.Distinct(StringComparer.Ordinal).Count() < set.Values.Count()) return $"Duplicate Resource Record: '{set.Values.First()}'";
        return set.Values.Select(value => RecordValue.Problem(key.Type, value)).FirstOrDefault(problem => problem is not null);
    }

    private static void CheckRange(XElement element, string name, long least, long most, string where)
    {
        if (element.Number(name, Route53Errors.InvalidInputCode) is { } value && (value < least || value > most))
            throw Route53Errors.InvalidInput(string.Create(CultureInfo.InvariantCulture, $"Invalid request: {name} {value} is not between {least} and {most} {where}"));
    }
}
