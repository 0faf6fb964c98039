using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.Route53;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Acm;

/// <summary>A record by which ACM knows that a name is the account's.</summary>
internal sealed record ProofRecord(string Name, string Type, string Value);

/// <summary>Sets the records that prove a certificate's names in the account's own zones.</summary>
internal sealed class ProofRecords(RestoreWork work)
{
    private const string TimeToLive = "300";

    /// <summary>Sets the records, and gives those for which the account has no zone.</summary>
    public async Task<IReadOnlyList<ProofRecord>> SetAsync(IReadOnlyList<ProofRecord> proofs, CancellationToken cancel)
    {
        var route53 = work.Wire(Route53Layer.Service);
        List<(string Name, string Id)> zones = [];
        await foreach (var item in Route53Kinds.Zones.List.ItemsAsync(route53, cancel))
            if (item.ToXml() is var zone && !Route53Kinds.IsPrivate(zone)) zones.Add((zone.Text("Name") ?? "", ListedKind.Bare(zone.Text("Id") ?? "")));

        var found = proofs.ToLookup(proof => zones.Where(zone => proof.Name.EndsWith("." + zone.Name, StringComparison.OrdinalIgnoreCase)).OrderByDescending(zone => zone.Name.Length).FirstOrDefault().Id);
        foreach (var ofZone in found.Where(group => group.Key is not null))
            await route53.SendAsync(RecordChanges.Request(ofZone.Key, [.. ofZone.Select(proof => RecordChanges.Change("UPSERT", RecordSet(proof)))]), cancel);
        return [.. found[null!]];
    }

    private static XElement RecordSet(ProofRecord proof) => new(
        "ResourceRecordSet", new XElement("Name", proof.Name), new XElement("Type", proof.Type), new XElement("TTL", TimeToLive),
        new XElement("ResourceRecords", new XElement("ResourceRecord", new XElement("Value", proof.Value))));
}
