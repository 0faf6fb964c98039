using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

internal sealed class TableOperations(DynamoDbState state)
{
    private const int MostTables = 100;

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateTable", Create);
        operations.Add("DescribeTable", call => DynamoDbState.Answer(new JsonObject { ["Table"] = state.Describe(state.Table(call)) }));
        operations.Add("ListTables", List);
        operations.Add("DeleteTable", Delete);
        operations.Add("DescribeLimits", _ => DynamoDbState.Answer(new JsonObject
        {
            ["AccountMaxReadCapacityUnits"] = 80_000,
            ["AccountMaxWriteCapacityUnits"] = 80_000,
            ["TableMaxReadCapacityUnits"] = 40_000,
            ["TableMaxWriteCapacityUnits"] = 40_000,
        }));
    }

    private SandboxResponse Create(Call call)
    {
        var asked = call.Json;
        var name = DynamoDbState.CheckName(DynamoDbState.NameOf(asked.Need("TableName")));
        TableSchema.Check(asked);
        var tables = state.In(call.Region);
        if (tables.ContainsKey(name)) throw new SandboxException(400, "ResourceInUseException", $"Table already exists: {name}");
        var description = TableDescription.From(asked, name, call.Region, state.World);
        var table = new Table { Description = description, Key = KeySchema.Of(description), Policy = asked.Text("ResourcePolicy") };
        foreach (var tag in asked.Parts("Tags")) table.Tags[tag.Need("Key")] = tag.Need("Value");
        tables.Add(name, table);
        state.Unsettle(table, "CREATING");
        return DynamoDbState.Answer(new JsonObject { ["TableDescription"] = table.Describe("CREATING") });
    }

    private SandboxResponse List(Call call)
    {
        var limit = call.Json.Number("Limit") ?? MostTables;
        if (limit is < 1 or > MostTables) throw DynamoDbState.Invalid(Constraint.Failed($"{limit}", "limit", limit < 1 ? "Member must have value greater than or equal to 1" : $"Member must have value less than or equal to {MostTables}"));
        var page = state.In(call.Region).Keys.After(call.Json.Text("ExclusiveStartTableName"), (int)limit, name => name);
        return DynamoDbState.Answer(new JsonObject { ["TableNames"] = JsonAnswer.List(page.Items) }.With("LastEvaluatedTableName", page.Marker));
    }

    private SandboxResponse Delete(Call call)
    {
        var table = state.Table(call);
        state.CheckChangeable(table);
        if (table.Description.Flag("DeletionProtectionEnabled") == true)
            throw DynamoDbState.Invalid($"Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
        state.In(call.Region).Remove(table.Name);
        var answer = table.Describe("DELETING");
        foreach (var gone in (string[])["AttributeDefinitions", "KeySchema", "CreationDateTime"]) answer.Remove(gone);
        return DynamoDbState.Answer(new JsonObject { ["TableDescription"] = answer });
    }
}
