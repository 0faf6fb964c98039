using System.Globalization;
using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.Route53.ZoneFiles;

/// <summary>
/// A zone as a master file (RFC 1035, section 5), for name servers that are not Route 53, and the record sets that such a file cannot say.
/// Each record set is in the one or in the other.
/// </summary>
/// <param name="Text">The master file.</param>
/// <param name="Losses">A JSON line for each record set that is not in it.</param>
internal sealed record ZoneFile(byte[] Text, byte[] Losses)
{
    private const uint LongestTtl = int.MaxValue;

    /// <summary>Makes the file of a zone.</summary>
    /// <param name="zone">The zone's name, without its final dot.</param>
    /// <param name="id">Its id.</param>
    /// <param name="sets">All its record sets.</param>
    public static ZoneFile Of(string zone, string id, IEnumerable<RecordSet> sets)
    {
        var origin = MasterText.Name(zone) ?? ".";
        List<string> records = [];
        List<ZoneLoss> losses = [];
        var count = 0;
        // A master file begins with the SOA.
        foreach (var set in sets.OrderBy(set => set.Type != "SOA"))
        {
            count++;
            if (Write(set, origin) is { } lines) records.AddRange(lines);
            else losses.Add(new(set.Name, set.Type, set.SetIdentifier, set.Beyond.Count > 0 ? string.Join(", ", set.Beyond) : "not readable as a record of its type"));
        }
        return new(Head(origin, id, count, losses.Count, records), Encoding.UTF8.GetBytes(string.Concat(losses.Select(loss => JsonSerializer.Serialize(loss, StoreJson.Lines.ZoneLoss) + "\n"))));
    }

    private static List<string>? Write(RecordSet set, string origin)
    {
        if (set.Beyond.Count > 0 || set.SetIdentifier is not null || set.Ttl is not { } ttl || ttl > LongestTtl || set.Values.Count == 0) return null;
        if (MasterText.Name(set.Name) is not { } name || !LiesIn(name, origin)) return null;
        List<string> lines = [];
        foreach (var value in set.Values)
        {
            if (RecordData.Write(set.Type, value) is not { } data) return null;
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{name}\t{ttl}\tIN\t{set.Type}\t{data}"));
        }
        return lines;
    }

    private static bool LiesIn(string name, string origin) =>
        origin == "." || name.Equals(origin, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + origin, StringComparison.OrdinalIgnoreCase);

    private static byte[] Head(string origin, string id, int count, int lost, List<string> records)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"; {origin} as it was in the hosted zone {PathNames.FromName(id)}: {count - lost} of {count} record sets.\n");
        if (lost > 0) text.Append(CultureInfo.InvariantCulture, $"; {ZoneDocuments.Losses} names the {lost} that no zone file can say.\n");
        text.Append(CultureInfo.InvariantCulture, $"$ORIGIN {origin}\n");
        return Encoding.ASCII.GetBytes(text.AppendJoin('\n', records).Append('\n').ToString());
    }
}

/// <summary>A record set that is not in a zone file.</summary>
/// <param name="Name">Its name, as Route 53 writes it.</param>
/// <param name="Type">Its type.</param>
/// <param name="SetIdentifier">What tells it apart from others of its name and type.</param>
/// <param name="Reason">Why it is not: <c>alias</c>, <c>weighted</c>, <c>latency</c>, <c>geolocation</c>, <c>geoproximity</c>, <c>failover</c>, <c>multivalue</c>, <c>CIDR</c>, <c>traffic policy</c>, or several of them.</param>
internal sealed record ZoneLoss(string Name, string Type, string? SetIdentifier, string Reason);
