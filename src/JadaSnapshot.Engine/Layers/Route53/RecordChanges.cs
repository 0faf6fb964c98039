using System.Xml.Linq;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Changes of record sets, and the batches that they are sent in (<see href="https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html"/>).</summary>
internal static class RecordChanges
{
    private const string Upsert = "UPSERT";
    private const int MostRecords = 1000;
    private const int MostLetters = 32_000;

    /// <summary>A change: UPSERT or DELETE, and the record set as it stands in a document.</summary>
    public static XElement Change(string action, XElement recordSet) =>
        new(Route53Kinds.Namespace + "Change", new XElement(Route53Kinds.Namespace + "Action", action), recordSet.In(Route53Kinds.Namespace));

    /// <summary>A request that carries changes out, all of them or none.</summary>
    public static WireRequest Request(string zoneId, IEnumerable<XElement> changes) => XmlRequest.Of(
        "ChangeResourceRecordSets", "POST", WirePath.Of(Route53Kinds.Root + "hostedzone/{}/rrset/", zoneId),
        new(Route53Kinds.Namespace + "ChangeResourceRecordSetsRequest", new XElement(Route53Kinds.Namespace + "ChangeBatch", new XElement(Route53Kinds.Namespace + "Changes", changes))));

    /// <summary>Changes in batches that Route 53 takes, in the same order. What has to be together is never torn apart.</summary>
    public static IEnumerable<IReadOnlyList<XElement>> Batches(IEnumerable<IReadOnlyList<XElement>> changes)
    {
        List<XElement> batch = [];
        var (records, letters) = (0, 0);
        foreach (var together in changes)
        {
            var (more, longer) = (together.Sum(Records), together.Sum(Letters));
            if (batch.Count > 0 && (records + more > MostRecords || letters + longer > MostLetters))
            {
                yield return batch;
                batch = [];
                (records, letters) = (0, 0);
            }
            batch.AddRange(together);
            (records, letters) = (records + more, letters + longer);
        }
        if (batch.Count > 0) yield return batch;
    }

    // An UPSERT counts twice, and an alias as one record.
    private static int Records(XElement change) => Twice(change, Math.Max(1, Values(change).Count()));

    private static int Letters(XElement change) => Twice(change, Values(change).Sum(value => value.Value.Length));

    private static int Twice(XElement change, int count) => change.Text("Action") == Upsert ? 2 * count : count;

    private static IEnumerable<XElement> Values(XElement change) => change.All("ResourceRecordSet", "ResourceRecords", "ResourceRecord", "Value");
}
