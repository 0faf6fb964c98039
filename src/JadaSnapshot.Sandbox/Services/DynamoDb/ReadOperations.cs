using System.Globalization;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>Scan and Query: pages of at most 1 MB.</summary>
internal sealed class ReadOperations(DynamoDbState state)
{
    private const int PageBytes = 1024 * 1024;

    public void AddTo(OperationTable operations)
    {
        operations.Add("Scan", Scan);
        operations.Add("Query", Query);
    }

    private SandboxResponse Scan(Call call)
    {
        var table = state.Table(call);
        RefuseUnsupported(call.Json);
        var (segment, total) = (call.Json.Number("Segment"), call.Json.Number("TotalSegments"));
        if (segment is null != total is null) throw DynamoDbState.Invalid($"The {(total is null ? "TotalSegments" : "Segment")} parameter is required but was not present in the request when parameter {(total is null ? "Segment" : "TotalSegments")} is present");
        if (total is < 1 or > 1_000_000) throw DynamoDbState.Invalid(Constraint.Failed($"{total}", "totalSegments", "Member must have value between 1 and 1000000"));
        if (segment < 0 || segment >= total) throw DynamoDbState.Invalid($"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {total}");
        var items = table.Items.Where(entry => total is null || long.Parse(entry.Key.Hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture) % total == segment);
        return Page(call, table, items, forward: true);
    }

    private SandboxResponse Query(Call call)
    {
        var table = state.Table(call);
        RefuseUnsupported(call.Json);
        var condition = KeyCondition.Parse(call.Json, table.Key);
        var forward = call.Json.Flag("ScanIndexForward") ?? true;
        var items = table.Items.Where(entry => condition.Holds(entry.Key));
        return Page(call, table, forward ? items : items.Reverse(), forward);
    }

    private static SandboxResponse Page(Call call, Table table, IEnumerable<KeyValuePair<ItemKey, JsonObject>> items, bool forward)
    {
        var projection = Projection.Of(call.Json);
        var limit = call.Json.Number("Limit") ?? long.MaxValue;
        if (limit < 1) throw DynamoDbState.Invalid(Constraint.Failed($"{limit}", "limit", "Member must have value greater than or equal to 1"));
        var start = call.Json.Part("ExclusiveStartKey") is { } key ? table.Key.KeyAlone(key) : null;
        var counting = call.Json.Text("Select") == "COUNT";
        var (found, bytes, count) = (new JsonArray(), 0L, 0);
        JsonObject? last = null;
        foreach (var (place, item) in items)
        {
            if (start is not null && (forward ? place.CompareTo(start) <= 0 : place.CompareTo(start) >= 0)) continue;
            if (!counting) found.Add(projection.Apply(item));
            count++;
            bytes += AttributeValue.SizeOfItem(item);
            if (count < limit && bytes < PageBytes) continue;
            last = table.Key.Extract(item);
            break;
        }
        return DynamoDbState.Answer(new JsonObject().With("Items", counting ? null : found)
            .With("Count", count).With("ScannedCount", count).With("LastEvaluatedKey", last));
    }

    private static void RefuseUnsupported(JsonObject asked)
    {
        foreach (var member in (string[])["FilterExpression", "IndexName", "ScanFilter", "QueryFilter", "KeyConditions"])
            if (asked[member] is not null) throw DynamoDbState.Invalid($"The sandbox does not support {member}.");
    }
}
