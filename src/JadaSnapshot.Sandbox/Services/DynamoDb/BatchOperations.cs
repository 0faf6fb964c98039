using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

internal sealed class BatchOperations(DynamoDbState state)
{
    private const int MostRequests = 25;

    public void AddTo(OperationTable operations) => operations.Add("BatchWriteItem", Write);

    private SandboxResponse Write(Call call)
    {
        var tables = call.Json.Part("RequestItems") ?? throw JsonBody.MissingMember("requestItems");
        List<(string Name, JsonObject Request)> requests = [.. tables.SelectMany(table => tables.Parts(table.Key).Select(request => (table.Key, request)))];
        if (requests.Count is 0 or > MostRequests)
            throw DynamoDbState.Invalid(requests.Count == 0 ? Constraint.Failed("{}", "requestItems", "Member must have length greater than or equal to 1") : "Too many items requested for the BatchWriteItem call");

        List<(Table Table, ItemKey Key, JsonObject? Item)> writes = [.. requests.Select(request => Plan(call, request.Name, request.Request))];
        if (writes.DistinctBy(write => (write.Table, write.Key)).Count() < writes.Count) throw DynamoDbState.Invalid("Provided list of item keys contains duplicates");

        var count = call.Request.IsHalved ? writes.Count / 2 : writes.Count;
        foreach (var (table, key, item) in writes.Take(count))
            if (item is null) table.Items.Remove(key);
            else table.Items[key] = item.DeepClone().AsObject();

        var unprocessed = new JsonObject();
        foreach (var group in requests.Skip(count).GroupBy(request => request.Name))
            unprocessed[group.Key] = JsonAnswer.List(group.Select(request => (JsonNode)request.Request));
        return DynamoDbState.Answer(new JsonObject { ["UnprocessedItems"] = unprocessed });
    }

    private (Table, ItemKey, JsonObject?) Plan(Call call, string name, JsonObject request)
    {
        var table = state.In(call.Region).GetValueOrDefault(DynamoDbState.NameOf(name)) ?? throw new SandboxException(400, "ResourceNotFoundException", "Requested resource not found");
        if (request.Count != 1) throw DynamoDbState.Invalid("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        if (request.Part("PutRequest")?.Part("Item") is { } item)
        {
            AttributeValue.CheckItem(item);
            return (table, table.Key.KeyOf(item), item);
        }
        var key = request.Part("DeleteRequest")?.Part("Key") ?? throw JsonBody.MissingMember($"requestItems.{name}.member.1.member.deleteRequest.key");
        return (table, table.Key.KeyAlone(key), null);
    }
}
