using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>
/// Makes the records of a zone those of the snapshot: what differs is put, targets of aliases before the aliases. Records that the snapshot does
/// not have stay, but for those in whose place one of the snapshot's stands, and with Prune.
/// </summary>
internal sealed class ZoneRecords(RestoreWork work)
{
    internal const string Document = "record-sets.xml";

    private const string Pages = "record-sets";

    // By these ACM knows the account's names, in whichever account.
    private const string Proof = ".acm-validations.aws";

    /// <summary>What of the differences of record sets does not come back.</summary>
    public static IReadOnlyList<Loss> Losses { get; } =
    [
        new(Document, "ResourceRecordSets.ResourceRecordSet[*]*", "is the new zone's own") { Only = (zone, change, _) => IsAt(change, $"{zone.Name}. NS") || IsAt(change, $"{zone.Name}. SOA") },
        new(Document, "ResourceRecordSets.ResourceRecordSet[*]", "is not in the snapshot, and stays without Prune") { Only = (_, change, target) => IsExtra(change) && !target.Prune },
        new(Document, "ResourceRecordSets.ResourceRecordSet[*]", "proves a name to ACM") { Only = (_, change, _) => IsExtra(change) && change.Live!.Contains(Proof, StringComparison.Ordinal) },
        new(Document, "ResourceRecordSets.ResourceRecordSet[*]", "is made by a traffic policy") { Only = (_, change, _) => (change.Snapshot ?? change.Live ?? "").Contains("TrafficPolicyInstanceId: ", StringComparison.Ordinal) },
    ];

    public async Task PutAsync(CancellationToken cancel)
    {
        var wanted = Sets(work.Documents).Where(IsPut).ToDictionary(Key);
        var live = Sets(work.Live).Where(IsPut).ToDictionary(Key);
        var (put, lacking) = Split(wanted.Where(set => !live.TryGetValue(set.Key, out var there) || Says(there) != Says(set.Value)).Select(set => set.Value));
        List<IReadOnlyList<XElement>> changes = [];
        foreach (var set in TargetsFirst(put))
        {
            var displaced = live.Where(there => !wanted.ContainsKey(there.Key) && Displaces(set, there.Value)).ToList();
            foreach (var (key, there) in displaced)
            {
                live.Remove(key);
                work.Note($"{key.Name} {key.Type} {key.Identifier} was taken away, because {Key(set).Type} stands in its place.");
            }
            changes.Add([.. displaced.Select(there => RecordChanges.Change("DELETE", there.Value)), RecordChanges.Change("UPSERT", set)]);
        }
        // Aliases before their targets.
        if (work.Target.Prune)
            foreach (var there in TargetsFirst(live.Where(there => !wanted.ContainsKey(there.Key) && !IsProof(there.Value)).Select(there => there.Value)).Reverse()) changes.Add([RecordChanges.Change("DELETE", there)]);
        foreach (var batch in RecordChanges.Batches(changes)) await SendAsync(batch, cancel);
        if (lacking.Count > 0) throw new InvalidOperationException($"All other records are put. These lead to what could not be restored: {string.Join("; ", lacking)}");
    }

    /// <summary>Takes all records away that can be taken.</summary>
    public async Task DeleteAllAsync(CancellationToken cancel)
    {
        foreach (var batch in RecordChanges.Batches(TargetsFirst(Sets(work.Live).Where(IsPut)).Reverse().Select(set => (IReadOnlyList<XElement>)[RecordChanges.Change("DELETE", set)])))
            await SendAsync(batch, cancel);
    }

    // One batch of a zone is carried out after the other.
    private Task<WireResponse> SendAsync(IReadOnlyList<XElement> batch, CancellationToken cancel) =>
        work.SendAsync(work.Wire(Route53Layer.Service), RecordChanges.Request(work.RequiredId, batch), exception => exception.Code == "PriorRequestNotComplete", cancel);

    /// <summary>Those that can be put, and the names of those that lead to something that could not be made.</summary>
    private (List<XElement> Put, List<string> Lacking) Split(IEnumerable<XElement> sets)
    {
        List<XElement> put = [];
        List<string> lacking = [];
        foreach (var set in sets)
        {
            if (work.Lacking.Count > 0 && work.Lacks(set.Value) is { } missing) lacking.Add($"{Key(set).Name} {Key(set).Type} ({missing.Kind} {missing.TargetName})");
            else put.Add(set);
        }
        return (put, lacking);
    }

    private IEnumerable<XElement> TargetsFirst(IEnumerable<XElement> sets) => ChangeBatches.InOrder(work.RequiredId, sets);

    private bool IsPut(XElement set) => ChangeBatches.IsOwn(set, work.Resource.Name);

    // Beside a CNAME there is nothing else of its name, and all of a name and type are chosen among in one way.
    private static bool Displaces(XElement set, XElement there)
    {
        var (one, other) = (Key(set), Key(there));
        return one.Name == other.Name && (one.Type == other.Type ? Policy(set) != Policy(there) : one.Type == "CNAME" || other.Type == "CNAME");
    }

    private static string? Policy(XElement set) => set.Elements().Select(element => element.Name.LocalName)
        .FirstOrDefault(name => name is "Weight" or "Region" or "Failover" or "GeoLocation" or "MultiValueAnswer" or "GeoProximityLocation" or "CidrRoutingConfig");

    private static bool IsProof(XElement set) => set.Text("Type") == "CNAME" && set.Value.Contains(Proof, StringComparison.Ordinal);

    private static IEnumerable<XElement> Sets(ResourceDocuments documents) => documents.All(Pages).SelectMany(page => page.ToXml().All("ResourceRecordSets", "ResourceRecordSet"));

    private static (string Name, string Type, string Identifier) Key(XElement set) => (set.Text("Name") ?? "", set.Text("Type") ?? "", set.Text("SetIdentifier") ?? "");

    // Neither the order of members nor that of values means anything.
    private static string Says(XElement element) => !element.HasElements
        ? $"{element.Name.LocalName}={element.Value}"
        : $"{element.Name.LocalName}({string.Join(';', element.Elements().Select(Says).Order(StringComparer.Ordinal))})";

    private static bool IsAt(RestoreChange change, string item) => change.Path.StartsWith($"ResourceRecordSets.ResourceRecordSet[{item}]", StringComparison.Ordinal);

    private static bool IsExtra(RestoreChange change) => change.Snapshot is null && change.Live is not null && change.Path.EndsWith(']') && !change.Path.Contains("].", StringComparison.Ordinal);
}
