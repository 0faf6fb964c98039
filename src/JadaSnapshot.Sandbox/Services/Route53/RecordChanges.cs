using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>ChangeResourceRecordSets: all of a batch, or none of it.</summary>
internal sealed class RecordChanges(Route53State state)
{
    private const int MostRecords = 1000;
    private const int MostLetters = 32_000;

    public void AddTo(OperationTable operations) => operations.Add("ChangeResourceRecordSets", "POST /2013-04-01/hostedzone/{Id}/rrset/", Change);

    private SandboxResponse Change(Call call)
    {
        var zone = state.Zone(call.Label("Id"));
        var batch = call.Xml.Named("ChangeResourceRecordSetsRequest").NeedElement("ChangeBatch", Route53Errors.InvalidInputCode);
        List<(string Action, RecordSet Set)> changes = [.. batch.NeedElement("Changes", Route53Errors.InvalidInputCode).Elements("Change").Select(Read)];
        if (changes.Count == 0) throw Route53Errors.InvalidInput(Constraint.Failed("[]", "changeBatch.changes", "Member must have length greater than or equal to 1"));
        CheckSize(changes);

        var after = new SortedDictionary<RecordKey, RecordSet>(zone.Records);
        List<string> problems = [.. changes.Select(change => Apply(zone, after, change.Action, change.Set)).OfType<string>()];
        problems.AddRange(changes.Where(change => change.Action != "DELETE").Select(change => AliasRules.Problem(state, zone, after, change.Set)).OfType<string>());
        problems.AddRange(ZoneProblems(zone, after));
        if (problems.Count > 0) throw Route53Errors.InvalidBatch(problems);
        zone.Records = after;
        return Route53Answer.Of(call, state.NewChange(batch.Text("Comment")));
    }

    private (string, RecordSet) Read(XElement change)
    {
        var action = change.Need("Action", Route53Errors.InvalidInputCode);
        if (action is not ("CREATE" or "UPSERT" or "DELETE")) throw Route53Errors.InvalidInput(Constraint.NotInSet(action, "changeBatch.changes.1.member.action", ["CREATE", "DELETE", "UPSERT"]));
        var set = RecordSet.Read(change.NeedElement("ResourceRecordSet", Route53Errors.InvalidInputCode));
        RecordRules.CheckForm(state, set, action);
        return (action, set);
    }

    /// <summary>An UPSERT counts twice.</summary>
    private static void CheckSize(List<(string Action, RecordSet Set)> changes)
    {
        var records = changes.Sum(change => Math.Max(1, change.Set.Values.Count()) * Weight(change.Action));
        if (records > MostRecords) throw Route53Errors.InvalidBatch($"Number of records limit of {MostRecords} exceeded.");
        var letters = changes.Sum(change => change.Set.Values.Sum(value => value.Length) * Weight(change.Action));
        if (letters > MostLetters) throw Route53Errors.InvalidBatch($"Number of characters limit of {MostLetters} exceeded.");
    }

    private static int Weight(string action) => action == "UPSERT" ? 2 : 1;

    private static string? Apply(HostedZone zone, SortedDictionary<RecordKey, RecordSet> records, string action, RecordSet set)
    {
        var known = records.GetValueOrDefault(set.Key);
        if (action == "DELETE")
        {
            if (known is null) return $"Tried to delete resource record set {set.Key} but it was not found";
            if (!known.Says(set)) return $"Tried to delete resource record set {set.Key} but the values provided do not match the current values";
            records.Remove(set.Key);
            return null;
        }
        if (action == "CREATE" && known is not null) return $"Tried to create resource record set {set.Key} but it already exists";
        if (RecordRules.Problem(zone, set) is { } problem) return problem;
        if (Conflict(zone, records, set) is { } conflict) return conflict;
        records[set.Key] = set;
        return null;
    }

    private static string? Conflict(HostedZone zone, SortedDictionary<RecordKey, RecordSet> records, RecordSet set)
    {
        List<RecordSet> sameName = [.. records.Values.Where(other => other.Key != set.Key && other.Key.Name == set.Key.Name)];
        if (sameName.Any(other => (other.Key.Type == "CNAME") != (set.Key.Type == "CNAME")))
            return $"RRSet of type {set.Key.Type} with DNS name {set.Key.Name} is not permitted as it conflicts with other records with the same DNS name in zone {zone.Name}";
        if (sameName.Any(other => other.Key.Type == set.Key.Type && other.Policy != set.Policy))
            return $"RRSet with DNS name {set.Key.Name}, type {set.Key.Type}, SetIdentifier {set.Key.SetIdentifier} cannot be created because an RRSet with the same name and type but another routing policy exists";
        return null;
    }

    private static IEnumerable<string> ZoneProblems(HostedZone zone, SortedDictionary<RecordKey, RecordSet> after)
    {
        if (!after.ContainsKey(new RecordKey(zone.Name, "SOA", ""))) yield return "A HostedZone must contain exactly one SOA record.";
        if (!after.ContainsKey(new RecordKey(zone.Name, "NS", ""))) yield return "A HostedZone must contain at least one NS record for the zone itself.";
    }
}
