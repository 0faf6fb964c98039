using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>
/// Changes a table into what it was, one UpdateTable after the other (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html"/>):
/// each may change one kind of thing, and make or delete one index.
/// </summary>
internal static class TableChanges
{
    /// <summary>What DescribeTable said.</summary>
    public static JsonElement Described(ResourceDocuments documents) => documents.Json(TableDocuments.Description).Member("Table");

    public static async Task PutAsync(RestoreWork work, CancellationToken cancel)
    {
        // The requests that would make the two tables say in one form in what they differ.
        var described = Described(work.Documents);
        var (wanted, live) = (Request(described), Request(await TableCalls.SettleAsync(work, cancel)));
        await PutIndexesAsync(work, wanted, live, cancel);
        if (Capacity(wanted) != Capacity(live)) await UpdateAsync(work, json => WriteCapacity(json, wanted, live), cancel);
        if (!Same(wanted, live, "StreamSpecification"))
        {
            if (live.Member("StreamSpecification").Flag("StreamEnabled") == true) await UpdateAsync(work, json => WriteStream(json, false, default), cancel);
            if (wanted.Member("StreamSpecification").Flag("StreamEnabled") == true) await UpdateAsync(work, json => WriteStream(json, true, wanted.Member("StreamSpecification")), cancel);
        }
        if ((wanted.Text("TableClass") ?? "STANDARD") != (live.Text("TableClass") ?? "STANDARD")) await UpdateAsync(work, json => json.WriteString("TableClass", wanted.Text("TableClass") ?? "STANDARD"), cancel);
        if (!Same(wanted, live, "SSESpecification"))
            await UpdateAsync(work, json =>
            {
                if (wanted.Member("SSESpecification") is { ValueKind: JsonValueKind.Object } encryption)
                {
                    json.WriteVerbatim("SSESpecification", encryption);
                    return;
                }
                json.WriteStartObject("SSESpecification");
                json.WriteBoolean("Enabled", false);
                json.WriteEndObject();
            }, cancel);
        if ((wanted.Flag("DeletionProtectionEnabled") ?? false) != (live.Flag("DeletionProtectionEnabled") ?? false))
            await UpdateAsync(work, json => json.WriteBoolean("DeletionProtectionEnabled", wanted.Flag("DeletionProtectionEnabled") ?? false), cancel);

        var after = await TableCalls.SettleAsync(work, cancel);
        if (Described(work.Original).Text("LatestStreamArn") is { } before && after.Text("LatestStreamArn") is { } now && before != now) work.Learn(before, now);
    }

    // An index that is made otherwise is deleted first: its name has to be free.
    private static async Task PutIndexesAsync(RestoreWork work, JsonElement wanted, JsonElement live, CancellationToken cancel)
    {
        var (indexes, had) = (ByName(wanted), ByName(live));
        foreach (var (name, index) in had)
            if (!indexes.TryGetValue(name, out var same) || !Same(same, index, "KeySchema") || !Same(same, index, "Projection"))
            {
                await UpdateAsync(work, json => WriteIndex(json, "Delete", () => json.WriteString("IndexName", name)), cancel);
                had = had.Where(each => each.Key != name).ToDictionary(StringComparer.Ordinal);
            }
        foreach (var (name, index) in indexes)
            if (!had.ContainsKey(name))
                await UpdateAsync(work, json =>
                {
                    json.WriteVerbatim("AttributeDefinitions", wanted.Member("AttributeDefinitions"));
                    WriteIndex(json, "Create", () =>
                    {
                        foreach (var member in index.EnumerateObject())
                            // A table is asked in the mode that it has by now.
                            if (member.Name != (live.Text("BillingMode") == "PAY_PER_REQUEST" ? "ProvisionedThroughput" : "OnDemandThroughput")) json.WriteVerbatim(member.Name, member.Value);
                        if (live.Text("BillingMode") == "PROVISIONED" && index.Member("ProvisionedThroughput").ValueKind == JsonValueKind.Undefined) json.WriteVerbatim("ProvisionedThroughput", live.Member("ProvisionedThroughput"));
                    });
                }, cancel);
    }

    private static void WriteIndex(Utf8JsonWriter json, string action, Action write)
    {
        json.WriteStartArray("GlobalSecondaryIndexUpdates");
        json.WriteStartObject();
        json.WriteStartObject(action);
        write();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // Of what stays the same nothing may be said: DynamoDB refuses an update to what is there.
    private static void WriteCapacity(Utf8JsonWriter json, JsonElement wanted, JsonElement live)
    {
        var isOther = wanted.Text("BillingMode") != live.Text("BillingMode");
        var throughput = wanted.Text("BillingMode") == "PAY_PER_REQUEST" ? "OnDemandThroughput" : "ProvisionedThroughput";
        if (isOther) json.WriteVerbatim("BillingMode", wanted.Member("BillingMode"));
        if (isOther || !Same(wanted, live, throughput)) json.WriteVerbatim(throughput, wanted.Member(throughput));
        var had = ByName(live);
        List<JsonElement> changed = [.. ByName(wanted).Values.Where(index => index.Member(throughput).ValueKind == JsonValueKind.Object && had.TryGetValue(index.Text("IndexName")!, out var same) && (isOther || !Same(index, same, throughput)))];
        if (changed.Count == 0) return;
        json.WriteStartArray("GlobalSecondaryIndexUpdates");
        foreach (var index in changed)
        {
            json.WriteStartObject();
            json.WriteStartObject("Update");
            json.WriteVerbatim("IndexName", index.Member("IndexName"));
            json.WriteVerbatim(throughput, index.Member(throughput));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteStream(Utf8JsonWriter json, bool enabled, JsonElement specification)
    {
        json.WriteStartObject("StreamSpecification");
        json.WriteBoolean("StreamEnabled", enabled);
        json.WriteVerbatim("StreamViewType", specification.Member("StreamViewType"));
        json.WriteEndObject();
    }

    private static async Task UpdateAsync(RestoreWork work, Action<Utf8JsonWriter> write, CancellationToken cancel)
    {
        await TableCalls.SendAsync(work, JsonRequest.Of("UpdateTable", json =>
        {
            json.WriteString("TableName", work.Name);
            write(json);
        }), cancel);
        await TableCalls.SettleAsync(work, cancel);
    }

    private static JsonElement Request(JsonElement table) => JsonElement.Parse(CreateTableRequest.From(table, [], null));

    private static Dictionary<string, JsonElement> ByName(JsonElement request) => request.Items("GlobalSecondaryIndexes").ToDictionary(index => index.Text("IndexName")!, StringComparer.Ordinal);

    private static bool Same(JsonElement one, JsonElement other, string member) => one.Member(member).IsSame(other.Member(member));

    private static string Capacity(JsonElement request) =>
        string.Join('\n', ((JsonElement[])[request, .. ByName(request).OrderBy(index => index.Key, StringComparer.Ordinal).Select(index => index.Value)]).Select(each =>
            $"{each.Text("IndexName")} {each.Text("BillingMode")} {Raw(each, "ProvisionedThroughput")} {Raw(each, "OnDemandThroughput")}"));

    private static string Raw(JsonElement element, string member) => element.Member(member) is { ValueKind: not JsonValueKind.Undefined } value ? value.GetRawText() : "";
}
