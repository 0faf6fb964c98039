using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>
/// The requests that put a zone's record sets back, for <c>aws route53 change-resource-record-sets --change-batch</c>
/// (<see href="https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html"/>): all but the NS and SOA of the
/// zone's own name, which are those of the zone that they go into, and what a traffic policy keeps. What an alias leads to goes before it.
/// </summary>
internal static class ChangeBatches
{
    // An UPSERT counts twice: 1,000 records and 32,000 characters are what a request may have.
    private const int MostRecords = 500;
    private const int MostCharacters = 16_000;

    public static RequestShape Shape { get; } = new()
    {
        Lists = new HashSet<string> { "ResourceRecords", "Regions", "ChildHealthChecks" },
        Numbers = new HashSet<string> { "TTL", "Weight", "Bias", "Port", "RequestInterval", "FailureThreshold", "HealthThreshold" },
        Flags = new HashSet<string> { "EvaluateTargetHealth", "MultiValueAnswer", "Inverted", "MeasureLatency", "EnableSNI", "Disabled" },
    };

    /// <summary>The name of a batch's file, counted from 1.</summary>
    public static string Document(int number) => $"{ZoneDocuments.ChangeBatches}{number:d4}.json";

    /// <summary>The batches, in the order in which they are sent; a change stands in each line.</summary>
    /// <param name="zone">The zone's name, without its final dot.</param>
    /// <param name="id">Its id.</param>
    /// <param name="pages">All its record sets, as Route 53 listed them.</param>
    public static IEnumerable<byte[]> Of(string zone, string id, IEnumerable<XElement> pages)
    {
        List<string> changes = [];
        var (records, characters) = (0, 0);
        foreach (var set in InOrder(id, pages.SelectMany(page => page.All("ResourceRecordSets", "ResourceRecordSet")).Where(set => IsOwn(set, zone))))
        {
            string[] values = [.. set.All("ResourceRecords", "ResourceRecord", "Value").Select(value => value.Value)];
            var (moreRecords, moreCharacters) = (Math.Max(values.Length, 1), values.Sum(value => value.EnumerateRunes().Count()));
            if (changes.Count > 0 && (records + moreRecords > MostRecords || characters + moreCharacters > MostCharacters))
            {
                yield return Batch(changes);
                changes.Clear();
                (records, characters) = (0, 0);
            }
            changes.Add(RunbookQuoting.ToJson(new JsonObject { ["Action"] = "UPSERT", ["ResourceRecordSet"] = Shape.Of(set) }));
            (records, characters) = (records + moreRecords, characters + moreCharacters);
        }
        if (changes.Count > 0) yield return Batch(changes);
    }

    private static byte[] Batch(IEnumerable<string> changes) => Encoding.UTF8.GetBytes($$"""{"Changes":[{{"\n"}}{{string.Join(",\n", changes)}}{{"\n"}}]}{{"\n"}}""");

    /// <summary>Whether a record set is put with its zone, and neither Route 53's nor a policy's.</summary>
    public static bool IsOwn(XElement set, string zone) =>
        !set.All("TrafficPolicyInstanceId").Any()
        && !(set.Text("Type") is "NS" or "SOA" && (set.Text("Name") ?? "").TrimEnd('.').Equals(zone, StringComparison.OrdinalIgnoreCase));

    /// <summary>Record sets in the order in which they can be put. An alias may lead to an alias; what a zone holds leads round in no circle.</summary>
    public static IEnumerable<XElement> InOrder(string zone, IEnumerable<XElement> sets)
    {
        var waiting = sets.ToLookup(set => TargetIn(zone, set) is not null);
        foreach (var set in waiting[false]) yield return set;
        List<XElement> aliases = [.. waiting[true]];
        while (aliases.Count > 0)
        {
            var names = aliases.Select(set => set.Text("Name") ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
            List<XElement> ready = [.. aliases.Where(set => !names.Contains(TargetIn(zone, set)!))];
            if (ready.Count == 0) ready = [.. aliases];
            foreach (var set in ready) yield return set;
            aliases.RemoveAll(ready.Contains);
        }
    }

    private static string? TargetIn(string zone, XElement set) =>
        set.All("AliasTarget").FirstOrDefault() is { } target && target.Text("HostedZoneId") == zone ? (target.Text("DNSName") ?? "").TrimEnd('.') + "." : null;
}
