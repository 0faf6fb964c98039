using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>
/// Puts back what feeds a function. Each mapping is made disabled, and enabled when all of them are there. Where the same account gets a second
/// function beside the one that was captured, they stay disabled: two would share the messages of one queue.
/// </summary>
internal static class EventSources
{
    private const string Path = "/2015-03-31/event-source-mappings";

    // What Lambda says of its own accord, or takes under another name.
    private static readonly string[] Answered =
        ["UUID", "EventSourceMappingArn", "FunctionArn", "LastModified", "LastProcessingResult", "State", "StateTransitionReason", "FilterCriteriaError"];

    // What says where events come from cannot be changed.
    private static readonly string[] OfNew = ["EventSourceArn", "StartingPosition", "StartingPositionTimestamp", "Topics", "Queues", "SelfManagedEventSource"];

    public static async Task PutAsync(RestoreWork work, CancellationToken cancel)
    {
        var live = await LambdaCalls.ListAsync(work, "ListEventSourceMappings", Path, "EventSourceMappings", cancel, new KeyValuePair<string, string>("FunctionName", work.Name));
        List<(string Id, JsonElement Wanted)> put = [];
        var documents = work.Documents;
        foreach (var name in Names(work.DocumentNames))
        {
            var (wanted, was) = (documents.Json(name), work.Original.Json(name));
            var tags = documents.Json(name[..^".json".Length] + EventSource.Tags).Member("Tags").Texts();
            var known = live.FindIndex(mapping => mapping.Text("UUID") == wanted.Text("UUID"));
            if (known < 0) known = live.FindIndex(mapping => Source(mapping) == Source(wanted));
            var mapping = known >= 0 ? live[known] : (await LambdaCalls.SendAsync(work, LambdaCalls.Request("CreateEventSourceMapping", "POST", Path, json => WriteNew(json, wanted, tags)), cancel)).Json();
            if (mapping.Text("UUID") is not { } id) continue;
            if (was.Text("UUID") is { } before && before != id) work.Learn(before, id);
            put.Add((id, wanted));
            if (known < 0) continue;
            live.RemoveAt(known);
            if (!JsonElement.DeepEquals(Changed(mapping), Changed(wanted)))
                await UpdateAsync(work, id, json => WriteChanged(json, wanted, hasFilter: mapping.Member("FilterCriteria").ValueKind != JsonValueKind.Undefined), cancel);
            if (mapping.Text("EventSourceMappingArn") is { } arn) await PutTagsAsync(work, arn, tags, cancel);
        }
        if (work.Target.Prune) foreach (var mapping in live) await DeleteAsync(work, mapping.Text("UUID")!, cancel);
        await EnableAsync(work, put, cancel);
    }

    /// <summary>Deletes the mappings that the snapshot does not have.</summary>
    public static async Task RemoveAsync(RestoreWork work, CancellationToken cancel)
    {
        if (!work.Target.Prune) return;
        foreach (var name in Names(work.LiveNames).ToList()) await DeleteAsync(work, work.Live.Json(name).Text("UUID")!, cancel);
    }

    private static async Task EnableAsync(RestoreWork work, List<(string Id, JsonElement Wanted)> put, CancellationToken cancel)
    {
        foreach (var (id, wanted) in put)
        {
            if (wanted.Text("State") is not ("Enabled" or "Enabling" or "Creating" or "Updating")) continue;
            if (work.IsCopy) work.Note($"The event source {id} of {work.Name} is disabled, because the one that was captured reads from the same source: aws lambda update-event-source-mapping --uuid {id} --enabled");
            else await UpdateAsync(work, id, json => json.WriteBoolean("Enabled", true), cancel);
        }
    }

    private static Task<WireResponse> UpdateAsync(RestoreWork work, string id, Action<Utf8JsonWriter> write, CancellationToken cancel) =>
        LambdaCalls.SendAsync(work, LambdaCalls.Request("UpdateEventSourceMapping", "PUT", WirePath.Of(Path + "/{}", id), write), cancel);

    private static Task<WireResponse> DeleteAsync(RestoreWork work, string id, CancellationToken cancel) =>
        LambdaCalls.SendAsync(work, LambdaCalls.Delete("DeleteEventSourceMapping", WirePath.Of(Path + "/{}", id)), cancel);

    private static async Task PutTagsAsync(RestoreWork work, string arn, IReadOnlyDictionary<string, string> tags, CancellationToken cancel)
    {
        var live = await work.Wire(LambdaService.Service).SendAsync(LambdaService.Get("ListTags", WirePath.Of("/2017-03-31/tags/{}", arn)), cancel);
        await LambdaCalls.PutTagsAsync(work, arn, tags, live.Json().Member("Tags").Texts(), cancel);
    }

    private static IEnumerable<string> Names(IEnumerable<string> documents) =>
        documents.Where(name => name.StartsWith(FunctionView.EventSources, StringComparison.Ordinal) && !name.EndsWith(EventSource.Tags, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    // A function may have one mapping of a source; those without an ARN are told by the servers and the topics or queues.
    private static string Source(JsonElement mapping) =>
        string.Join('\n', ((string[])["FunctionArn", "EventSourceArn", "Topics", "Queues", "SelfManagedEventSource"]).Select(name => mapping.Member(name) is { ValueKind: not JsonValueKind.Undefined } value ? value.GetRawText() : ""));

    private static void WriteNew(Utf8JsonWriter json, JsonElement mapping, IReadOnlyDictionary<string, string> tags)
    {
        WriteChanged(json, mapping, hasFilter: false);
        foreach (var name in OfNew) json.WriteVerbatim(name, mapping.Member(name));
        json.WriteBoolean("Enabled", false);
        if (tags.Count > 0) LambdaCalls.WriteTags(json, tags);
    }

    private static void WriteChanged(Utf8JsonWriter json, JsonElement mapping, bool hasFilter)
    {
        json.WriteVerbatim("FunctionName", mapping.Member("FunctionArn"));
        foreach (var member in mapping.EnumerateObject())
            if (!Answered.Contains(member.Name) && !OfNew.Contains(member.Name)) json.WriteVerbatim(member.Name, member.Value);
        // What is not said stays as it is.
        if (!hasFilter || mapping.Member("FilterCriteria").ValueKind != JsonValueKind.Undefined) return;
        json.WriteStartObject("FilterCriteria");
        json.WriteStartArray("Filters");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static JsonElement Changed(JsonElement mapping) => JsonElement.Parse(JsonText.Object(json => WriteChanged(json, mapping, hasFilter: true)));
}
