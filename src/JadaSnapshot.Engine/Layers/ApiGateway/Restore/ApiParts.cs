using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>A list of parts of an API: what each is known by, whatever its id.</summary>
/// <param name="Document">The document, up to the number of the page.</param>
/// <param name="Id">The member that is the id.</param>
/// <param name="Key">What tells one from the others.</param>
internal sealed record ApiParts(string Document, string Id, Func<JsonElement, string> Key)
{
    /// <summary>The parts in a resource's documents.</summary>
    public IEnumerable<JsonElement> In(ResourceDocuments documents) => documents.AllJson(Document + "-").SelectMany(page => page.Items("item").Concat(page.Items("items")));

    /// <summary>The parts by what they are known by; of two alike the first.</summary>
    public Dictionary<string, JsonElement> ByKey(IEnumerable<JsonElement> parts) => parts.GroupBy(Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    /// <summary>The ids of parts that stand for one another.</summary>
    public IEnumerable<(string From, string To)> Counterparts(ResourceDocuments snapshot, ResourceDocuments live) => Counterparts(In(snapshot), In(live));

    /// <summary>The ids of parts that stand for one another.</summary>
    public IEnumerable<(string From, string To)> Counterparts(IEnumerable<JsonElement> snapshot, IEnumerable<JsonElement> live)
    {
        var known = ByKey(live);
        foreach (var part in snapshot)
            if (part.Text(Id) is { } from && known.TryGetValue(Key(part), out var other) && other.Text(Id) is { } to) yield return (from, to);
    }

    /// <summary>Makes the live parts those of the snapshot: makes what is missing, changes what differs, deletes what is too many.</summary>
    /// <param name="work">The API.</param>
    /// <param name="calls">Its calls.</param>
    /// <param name="live">The live parts.</param>
    /// <param name="create">Makes one.</param>
    /// <param name="change">Changes one: what is wanted, and what is live.</param>
    /// <param name="delete">Deletes one.</param>
    public async Task PutAsync(RestoreWork work, ApiCalls calls, IEnumerable<JsonElement> live, Func<JsonElement, Task<JsonElement>> create, Func<JsonElement, JsonElement, Task> change, Func<JsonElement, Task> delete)
    {
        var (had, originals) = (ByKey(live), In(work.Original).ToList());
        for (var i = 0; i < originals.Count; i++)
            calls.Learn(originals[i].Text(Id), (had.TryGetValue(Key(originals[i]), out var known) ? known : await create(Wanted(i))).Text(Id));
        for (var i = 0; i < originals.Count; i++)
            if (had.TryGetValue(Key(originals[i]), out var known) && Wanted(i) is var wanted && ApiPatch.Differs(wanted, known)) await change(wanted, known);
        foreach (var (_, known) in had.ExceptBy(originals.Select(Key), each => each.Key)) await delete(known);

        // What is learned meanwhile is in it.
        JsonElement Wanted(int index) => In(work.Documents).ElementAt(index);
    }
}
