using System.Xml.Linq;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>What tells record sets apart, in the order in which Route 53 lists them.</summary>
internal sealed record RecordKey(string Name, string Type, string SetIdentifier) : IComparable<RecordKey>
{
    public string Reversed { get; } = DnsName.Reversed(Name);

    public int CompareTo(RecordKey? other)
    {
        if (other is null) return 1;
        var byName = string.CompareOrdinal(Reversed, other.Reversed);
        if (byName != 0) return byName;
        var byType = string.CompareOrdinal(Type, other.Type);
        return byType != 0 ? byType : string.CompareOrdinal(SetIdentifier, other.SetIdentifier);
    }

    public override string ToString() => SetIdentifier.Length == 0 ? $"[name='{Name}', type='{Type}']" : $"[name='{Name}', type='{Type}', set-identifier='{SetIdentifier}']";
}

/// <summary>A record set: its element as it came, with normal names.</summary>
internal sealed record RecordSet(RecordKey Key, XElement Element)
{
    public static IReadOnlyList<string> Policies { get; } = ["Weight", "Region", "Failover", "GeoLocation", "MultiValueAnswer", "GeoProximityLocation", "CidrRoutingConfig"];

    /// <summary>The routing policy's element, or null for a simple record set.</summary>
    public string? Policy => Policies.FirstOrDefault(policy => Element.Element(policy) is not null);

    public XElement? Alias => Element.Element("AliasTarget");

    public IEnumerable<string> Values => Element.Element("ResourceRecords")?.Elements("ResourceRecord").Select(record => record.Text("Value") ?? "") ?? [];

    public static RecordSet Read(XElement element)
    {
        var copy = WithoutBlanks(element);
        var name = DnsName.Normalize(copy.Need("Name", Route53Errors.InvalidInputCode), Route53Errors.InvalidInputCode);
        copy.Element("Name")!.Value = name;
        if (copy.Element("AliasTarget") is { } alias)
            alias.NeedElement("DNSName", Route53Errors.InvalidInputCode).Value = DnsName.Normalize(alias.Need("DNSName", Route53Errors.InvalidInputCode), Route53Errors.InvalidInputCode);
        return new(new RecordKey(name, copy.Need("Type", Route53Errors.InvalidInputCode), copy.Text("SetIdentifier") ?? ""), copy);
    }

    public static RecordSet Of(string name, string type, int ttl, params IEnumerable<string> values) => new(new RecordKey(name, type, ""), new XElement("ResourceRecordSet",
        new XElement("Name", name),
        new XElement("Type", type),
        new XElement("TTL", ttl),
        new XElement("ResourceRecords", values.Select(value => new XElement("ResourceRecord", new XElement("Value", value))))));

    /// <summary>Whether two say the same; the order of values is no part of it.</summary>
    public bool Says(RecordSet other) => Canonical(Element) == Canonical(other.Element);

    private static string Canonical(XElement element) => !element.HasElements
        ? $"{element.Name}={element.Value.Trim()}"
        : $"{element.Name}({string.Join(';', element.Elements().Select(Canonical).Order(StringComparer.Ordinal))})";

    private static XElement WithoutBlanks(XElement element) => element.HasElements
        ? new XElement(element.Name, element.Elements().Select(WithoutBlanks))
        : new XElement(element);
}
