using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>What DynamoDB demands of keys, attribute definitions, indexes and throughput.</summary>
internal static class TableSchema
{
    private const int MostGlobalIndexes = 20;
    private const int MostLocalIndexes = 5;

    /// <summary>Checks a CreateTable request, or a table as an UpdateTable would leave it.</summary>
    public static void Check(JsonObject table)
    {
        var defined = Definitions(table);
        var hash = CheckKeys(table, defined)[0];
        var used = KeySchema.NamesOf(table).ToHashSet(StringComparer.Ordinal);
        var indexNames = new HashSet<string>(StringComparer.Ordinal);
        List<JsonObject> local = [.. table.Parts("LocalSecondaryIndexes")];
        List<JsonObject> global = [.. table.Parts("GlobalSecondaryIndexes")];
        if (local.Count > MostLocalIndexes) throw DynamoDbState.InvalidParameters($"Number of LocalSecondaryIndexes exceeds per-table limit of {MostLocalIndexes}");
        if (global.Count > MostGlobalIndexes) throw DynamoDbState.InvalidParameters($"GlobalSecondaryIndex count exceeds the per-table limit of {MostGlobalIndexes}");
        foreach (var index in local.Concat(global))
        {
            var name = index.Need("IndexName");
            if (!indexNames.Add(name)) throw DynamoDbState.InvalidParameters($"Duplicate index name: {name}");
            var keys = CheckKeys(index, defined);
            if (local.Contains(index) && (keys.Count != 2 || keys[0] != hash))
                throw DynamoDbState.InvalidParameters($"Table KeySchema and index {name} must have the same hash key, and the index a range key.");
            CheckProjection(index);
            used.UnionWith(keys);
        }
        if (defined.Count != used.Count)
            throw DynamoDbState.InvalidParameters(local.Count + global.Count == 0
                ? "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
                : $"Some AttributeDefinitions are not used. AttributeDefinitions: [{string.Join(", ", defined)}], keys used: [{string.Join(", ", used)}]");
        CheckThroughput(table, global);
    }

    public static JsonObject Throughput(JsonObject? asked) => new()
    {
        ["NumberOfDecreasesToday"] = 0,
        ["ReadCapacityUnits"] = asked?.Number("ReadCapacityUnits") ?? 0,
        ["WriteCapacityUnits"] = asked?.Number("WriteCapacityUnits") ?? 0,
    };

    private static HashSet<string> Definitions(JsonObject table)
    {
        if (table.List("AttributeDefinitions") is null) throw JsonBody.MissingMember("attributeDefinitions");
        var defined = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in table.Parts("AttributeDefinitions"))
        {
            var type = definition.Need("AttributeType");
            if (type is not ("S" or "N" or "B")) throw DynamoDbState.Invalid(Constraint.NotInSet(type, "attributeDefinitions.1.member.attributeType", ["B", "N", "S"]));
            if (!defined.Add(definition.Need("AttributeName"))) throw DynamoDbState.InvalidParameters($"Duplicate AttributeName in AttributeDefinitions: {definition.Need("AttributeName")}");
        }
        return defined;
    }

    private static List<string> CheckKeys(JsonObject tableOrIndex, HashSet<string> defined)
    {
        if (tableOrIndex.List("KeySchema") is null) throw JsonBody.MissingMember("keySchema");
        List<JsonObject> elements = [.. tableOrIndex.Parts("KeySchema")];
        if (elements.Count is 0 or > 2) throw DynamoDbState.Invalid(Constraint.Failed($"{elements.Count}", "keySchema", "Member must have length between 1 and 2"));
        if (elements[0].Need("KeyType") != "HASH") throw DynamoDbState.Invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (elements.Count == 2 && elements[1].Need("KeyType") != "RANGE") throw DynamoDbState.Invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        var names = KeySchema.NamesOf(tableOrIndex);
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count) throw DynamoDbState.InvalidParameters("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        if (names.Any(name => !defined.Contains(name)))
            throw DynamoDbState.InvalidParameters($"Some index key attributes are not defined in AttributeDefinitions. Keys: [{string.Join(", ", names)}], AttributeDefinitions: [{string.Join(", ", defined)}]");
        return names;
    }

    private static void CheckProjection(JsonObject index)
    {
        var type = index.Part("Projection")?.Text("ProjectionType") ?? throw DynamoDbState.InvalidParameters("Unknown ProjectionType: null");
        if (type is not ("ALL" or "KEYS_ONLY" or "INCLUDE")) throw DynamoDbState.InvalidParameters($"Unknown ProjectionType: {type}");
        if ((type == "INCLUDE") != (index.Part("Projection")!.List("NonKeyAttributes") is { Count: > 0 }))
            throw DynamoDbState.InvalidParameters($"ProjectionType is {type}, {(type == "INCLUDE" ? "but NonKeyAttributes is not specified" : "but NonKeyAttributes is specified")}");
    }

    private static void CheckThroughput(JsonObject table, List<JsonObject> indexes)
    {
        var mode = table.Text("BillingMode") ?? "PROVISIONED";
        if (mode is not ("PROVISIONED" or "PAY_PER_REQUEST")) throw DynamoDbState.Invalid(Constraint.NotInSet(mode, "billingMode", ["PROVISIONED", "PAY_PER_REQUEST"]));
        foreach (var part in indexes.Prepend(table))
        {
            var units = part.Part("ProvisionedThroughput");
            var (read, write) = (units?.Number("ReadCapacityUnits"), units?.Number("WriteCapacityUnits"));
            if (mode == "PAY_PER_REQUEST" && units is not null)
                throw DynamoDbState.InvalidParameters("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
            if (mode == "PROVISIONED" && (read is null || write is null))
                throw DynamoDbState.InvalidParameters(part == table
                    ? "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
                    : $"ProvisionedThroughput must be specified for index: {part.Text("IndexName")}");
            if (read is < 1 || write is < 1) throw DynamoDbState.Invalid(Constraint.Failed("0", "provisionedThroughput.readCapacityUnits", "Member must have value greater than or equal to 1"));
        }
    }
}
