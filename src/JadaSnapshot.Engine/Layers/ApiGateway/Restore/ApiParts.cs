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
    /// <param name="list">Lists the live parts.</param>
    /// <param name="create">Makes one.</param>
    /// <param name="change">Changes one: what is wanted, and what is live.</param>
    /// <param name="delete">Deletes one.</param>
    public async Task PutAsync(RestoreWork work, ApiCalls calls, Func<Task<List<JsonElement>>> list, Func<JsonElement, Task<JsonElement>> create, Func<JsonElement, JsonElement, Task> change, Func<JsonElement, Task> delete)
    {
        var live = await list();
        var (had, originals) = (ByKey(live), In(work.Original).ToList());
        List<JsonElement> kept = [];
        for (var i = 0; i < originals.Count; i++)
        {
            var part = had.TryGetValue(Key(originals[i]), out var known) ? known : await MakeAsync(Key(originals[i]), Wanted(i));
            calls.Learn(originals[i].Text(Id), part.Text(Id));
            kept.Add(part);
        }
        for (var i = 0; i < originals.Count; i++)
            if (had.TryGetValue(Key(originals[i]), out var known) && Wanted(i) is var wanted && ApiPatch.Differs(wanted, known)) await change(wanted, known);
        // A call whose answer was lost may have made a part twice.
        if (originals.Any(part => !had.ContainsKey(Key(part)))) live = await list();
        foreach (var part in live)
            if (!kept.Any(other => IsSame(other, part))) await delete(part);

        // What is learned meanwhile is in it.
        JsonElement Wanted(int index) => In(work.Documents).ElementAt(index);

        bool IsSame(JsonElement one, JsonElement other) => Id.Length > 0 ? one.Text(Id) == other.Text(Id) : Key(one) == Key(other);

        async Task<JsonElement> MakeAsync(string key, JsonElement wanted)
        {
            try
            {
                return await create(wanted);
            }
            catch (ServiceException exception) when (exception.Code == "ConflictException")
            {
                return ByKey(await list()).TryGetValue(key, out var there) ? there : exception.Again<JsonElement>();
            }
        }
    }
}
