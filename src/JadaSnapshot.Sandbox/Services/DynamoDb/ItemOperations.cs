using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

internal sealed partial class ItemOperations(DynamoDbState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("PutItem", Put);
        operations.Add("GetItem", Get);
        operations.Add("DeleteItem", Delete);
    }

    private SandboxResponse Put(Call call)
    {
        var table = state.Table(call);
        var item = call.Json.Part("Item") ?? throw JsonBody.MissingMember("item");
        AttributeValue.CheckItem(item);
        var key = table.Key.KeyOf(item);
        var before = table.Items.GetValueOrDefault(key);
        CheckCondition(call.Json, before);
        table.Items[key] = item.DeepClone().AsObject();
        return Old(call, before);
    }

    private SandboxResponse Get(Call call)
    {
        var table = state.Table(call);
        var key = table.Key.KeyAlone(call.Json.Part("Key") ?? throw JsonBody.MissingMember("key"));
        var found = table.Items.GetValueOrDefault(key);
        return DynamoDbState.Answer(new JsonObject().With("Item", found is null ? null : Projection.Of(call.Json).Apply(found)));
    }

    private SandboxResponse Delete(Call call)
    {
        var table = state.Table(call);
        var key = table.Key.KeyAlone(call.Json.Part("Key") ?? throw JsonBody.MissingMember("key"));
        var before = table.Items.GetValueOrDefault(key);
        CheckCondition(call.Json, before);
        table.Items.Remove(key);
        return Old(call, before);
    }

    private static SandboxResponse Old(Call call, JsonObject? before) =>
        DynamoDbState.Answer(new JsonObject().With("Attributes", call.Json.Text("ReturnValues") == "ALL_OLD" ? before?.DeepClone() : null));

    private static void CheckCondition(JsonObject asked, JsonObject? before)
    {
        if (asked.Text("ConditionExpression") is not { } condition) return;
        foreach (var part in condition.Split(" AND ", StringSplitOptions.TrimEntries))
        {
            var match = ExistsPattern().Match(part);
            if (!match.Success) throw DynamoDbState.Invalid("Invalid ConditionExpression: the sandbox evaluates attribute_exists and attribute_not_exists only, joined by AND.");
            var name = Projection.Resolve(asked, match.Groups["name"].Value);
            if ((before?.ContainsKey(name) ?? false) != (match.Groups["not"].Length == 0))
                throw new SandboxException(400, "ConditionalCheckFailedException", "The conditional request failed");
        }
    }

    [GeneratedRegex(@"^attribute_(?<not>not_)?exists\s*\(\s*(?<name>[#\w.-]+)\s*\)$")]
    private static partial Regex ExistsPattern();
}
