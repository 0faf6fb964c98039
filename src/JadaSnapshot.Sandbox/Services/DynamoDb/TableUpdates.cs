using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

internal sealed class TableUpdates(DynamoDbState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("UpdateTable", Update);
        operations.Add("UpdateTimeToLive", UpdateTimeToLive);
        operations.Add("DescribeTimeToLive", DescribeTimeToLive);
    }

    private SandboxResponse Update(Call call)
    {
        var table = state.Table(call);
        state.CheckChangeable(table);
        var (asked, description) = (call.Json, table.Description.DeepClone().AsObject());
        if (asked.List("AttributeDefinitions") is { } definitions) description["AttributeDefinitions"] = definitions.DeepClone();
        if (asked.Part("ProvisionedThroughput") is { } throughput) description["ProvisionedThroughput"] = TableSchema.Throughput(throughput);
        if (asked.Text("BillingMode") is { } mode)
        {
            if (mode == "PROVISIONED" && asked.Part("ProvisionedThroughput") is null && OnDemand(description))
                throw DynamoDbState.InvalidParameters("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
            TableDescription.SetMode(description, mode, state.World);
            if (mode == "PAY_PER_REQUEST") description["ProvisionedThroughput"] = TableSchema.Throughput(null);
        }
        List<JsonObject> updates = [.. asked.Parts("GlobalSecondaryIndexUpdates")];
        if (updates.Count(update => update["Update"] is null) > 1)
            throw new SandboxException(400, "LimitExceededException", "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
        foreach (var update in updates) UpdateIndexes(description, update);
        if (asked.List("AttributeDefinitions") is null && updates.Any(update => update.Part("Delete") is not null)) DropUnused(description);
        TableDescription.SetStream(description, asked.Part("StreamSpecification"), state.World);
        TableDescription.SetEncryption(description, asked.Part("SSESpecification"), call.Region, state.World);
        if (asked.Text("TableClass") is { } tableClass) description["TableClassSummary"] = new JsonObject { ["TableClass"] = tableClass };
        foreach (var member in (string[])["DeletionProtectionEnabled", "OnDemandThroughput", "WarmThroughput"])
            if (asked[member] is { } value) description[member] = value.DeepClone();
        TableSchema.Check(Request(description));

        table.Description.Clear();
        foreach (var (member, value) in description) table.Description[member] = value?.DeepClone();
        state.Unsettle(table, "UPDATING", updates.Select(update => update.Part("Create")?.Text("IndexName")).FirstOrDefault(name => name is not null));
        return DynamoDbState.Answer(new JsonObject { ["TableDescription"] = table.Describe("UPDATING", isBuilding: true) });
    }

    private static bool OnDemand(JsonObject description) => description.Part("BillingModeSummary")?.Text("BillingMode") == "PAY_PER_REQUEST";

    private static void UpdateIndexes(JsonObject description, JsonObject update)
    {
        var indexes = description.List("GlobalSecondaryIndexes") ?? [];
        if (update.Part("Create") is { } create)
        {
            indexes.Add(TableDescription.Index(create, description.Need("TableArn"), global: true));
        }
        else
        {
            var change = update.Part("Update") ?? update.Part("Delete") ?? throw DynamoDbState.InvalidParameters("One of GlobalSecondaryIndexUpdate actions must be set");
            var name = change.Need("IndexName");
            var index = indexes.OfType<JsonObject>().FirstOrDefault(known => known.Text("IndexName") == name)
                ?? throw new SandboxException(400, "ResourceNotFoundException", $"Requested resource not found: Index: {name} not found");
            if (update.Part("Delete") is not null) indexes.Remove(index);
            else if (change.Part("ProvisionedThroughput") is { } throughput) index["ProvisionedThroughput"] = TableSchema.Throughput(throughput);
        }
        if (indexes.Count == 0) description.Remove("GlobalSecondaryIndexes");
        else if (indexes.Parent is null) description["GlobalSecondaryIndexes"] = indexes;
    }

    /// <summary>With an index go the definitions of attributes that nothing else has for a key.</summary>
    private static void DropUnused(JsonObject description)
    {
        var used = description.Parts("GlobalSecondaryIndexes").Concat(description.Parts("LocalSecondaryIndexes")).Append(description).SelectMany(KeySchema.NamesOf).ToHashSet(StringComparer.Ordinal);
        description["AttributeDefinitions"] = new JsonArray([.. description.Parts("AttributeDefinitions").Where(definition => used.Contains(definition.Need("AttributeName"))).Select(definition => definition.DeepClone())]);
    }

    /// <summary>The CreateTable request that would make a table of this description, to check it by the same rules.</summary>
    private static JsonObject Request(JsonObject description)
    {
        var request = description.DeepClone().AsObject();
        if (!OnDemand(description)) return request;
        request["BillingMode"] = "PAY_PER_REQUEST";
        request.Remove("ProvisionedThroughput");
        foreach (var index in request.Parts("GlobalSecondaryIndexes")) index.Remove("ProvisionedThroughput");
        return request;
    }

    private SandboxResponse UpdateTimeToLive(Call call)
    {
        var table = state.Table(call);
        var asked = call.Json.Part("TimeToLiveSpecification") ?? throw JsonBody.MissingMember("timeToLiveSpecification");
        var (enabled, attribute) = (asked.Flag("Enabled") ?? throw JsonBody.MissingMember("timeToLiveSpecification.enabled"), asked.Need("AttributeName"));
        if (enabled == table.TimeToLiveAttribute is not null) throw DynamoDbState.Invalid($"TimeToLive is already {(enabled ? "enabled" : "disabled")}");
        table.TimeToLiveAttribute = enabled ? attribute : null;
        return DynamoDbState.Answer(new JsonObject { ["TimeToLiveSpecification"] = asked.DeepClone() });
    }

    private SandboxResponse DescribeTimeToLive(Call call)
    {
        var attribute = state.Table(call).TimeToLiveAttribute;
        return DynamoDbState.Answer(new JsonObject
        {
            ["TimeToLiveDescription"] = new JsonObject { ["TimeToLiveStatus"] = attribute is null ? "DISABLED" : "ENABLED" }.With("AttributeName", attribute),
        });
    }
}
