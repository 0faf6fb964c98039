using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>ListResourceRecordSets: pages begin at a name, a type and a set identifier.</summary>
internal sealed class RecordListing(Route53State state)
{
    private const int MostItems = 300;

    public void AddTo(OperationTable operations) => operations.Add("ListResourceRecordSets", "GET /2013-04-01/hostedzone/{Id}/rrset", List);

    private SandboxResponse List(Call call)
    {
        var zone = state.Zone(call.Label("Id"));
        var size = Route53Answer.PageSize(call, MostItems);
        List<RecordSet> page = [.. zone.Records.Values.SkipWhile(Before(call)).Take(size + 1)];
        var next = page.Count > size ? page[size].Key : null;
        return Route53Answer.Of(call,
            new XElement("ResourceRecordSets", page.Take(size).Select(set => new XElement(set.Element))),
            new XElement("IsTruncated", next is not null),
            next is null ? null : new XElement("NextRecordName", next.Name),
            next is null ? null : new XElement("NextRecordType", next.Type),
            next is null or { SetIdentifier: "" } ? null : new XElement("NextRecordIdentifier", next.SetIdentifier),
            new XElement("MaxItems", size));
    }

    private static Func<RecordSet, bool> Before(Call call)
    {
        var (name, type, identifier) = (call.Query("name"), call.Query("type"), call.Query("identifier"));
        if (string.IsNullOrEmpty(name))
            return string.IsNullOrEmpty(type) ? _ => false : throw Route53Errors.InvalidInput("The type parameter needs the name parameter.");
        if (string.IsNullOrEmpty(type) && !string.IsNullOrEmpty(identifier)) throw Route53Errors.InvalidInput("The identifier parameter needs the type parameter.");
        var start = new RecordKey(DnsName.Normalize(name, Route53Errors.InvalidInputCode), type ?? "", identifier ?? "");
        return set => set.Key.CompareTo(start) < 0;
    }
}
