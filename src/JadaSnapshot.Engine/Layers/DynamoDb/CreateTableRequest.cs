using System.Text.Json;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>
/// Derives the CreateTable request (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html"/>) that makes a
/// table again. What a request cannot say, such as replicas, time to live and backups, is in the other documents.
/// </summary>
internal static class CreateTableRequest
{
    private const string OnDemand = "PAY_PER_REQUEST";
    private const string Provisioned = "PROVISIONED";

    /// <param name="table">What DescribeTable says of the table.</param>
    /// <param name="tags">The table's tags.</param>
    /// <param name="policy">The table's own policy; null where it has none.</param>
    public static byte[] From(JsonElement table, IEnumerable<JsonElement> tags, string? policy) => JsonText.Object(json =>
    {
        var mode = BillingMode(table);
        json.WriteVerbatim("TableName", table.Member("TableName"));
        json.WriteVerbatim("AttributeDefinitions", table.Member("AttributeDefinitions"));
        json.WriteVerbatim("KeySchema", table.Member("KeySchema"));
        json.WriteString("BillingMode", mode);
        WriteThroughput(json, table, mode);
        WriteIndexes(json, "LocalSecondaryIndexes", table, (_, _) => { });
        WriteIndexes(json, "GlobalSecondaryIndexes", table, (writer, index) => WriteThroughput(writer, index, mode));
        if (table.Member("StreamSpecification").Flag("StreamEnabled") == true) json.WriteVerbatim("StreamSpecification", table.Member("StreamSpecification"));
        WriteEncryption(json, table.Member("SSEDescription"));
        json.WriteVerbatim("TableClass", table.Member("TableClassSummary").Member("TableClass"));
        json.WriteVerbatim("DeletionProtectionEnabled", table.Member("DeletionProtectionEnabled"));
        WriteTags(json, tags);
        if (policy is not null) json.WriteString("ResourcePolicy", policy);
    });

    /// <summary>How a table is paid for. One that has never changed its mode does not say.</summary>
    public static string BillingMode(JsonElement table) => table.Member("BillingModeSummary").Text("BillingMode") ?? Provisioned;

    private static void WriteThroughput(Utf8JsonWriter json, JsonElement tableOrIndex, string mode)
    {
        // A table that pays by request says 0 capacity, which no request may.
        if (mode == OnDemand) json.WriteVerbatim("OnDemandThroughput", tableOrIndex.Member("OnDemandThroughput"));
        else if (tableOrIndex.Member("ProvisionedThroughput") is { ValueKind: JsonValueKind.Object } throughput)
        {
            json.WriteStartObject("ProvisionedThroughput");
            json.WriteVerbatim("ReadCapacityUnits", throughput.Member("ReadCapacityUnits"));
            json.WriteVerbatim("WriteCapacityUnits", throughput.Member("WriteCapacityUnits"));
            json.WriteEndObject();
        }
    }

    private static void WriteIndexes(Utf8JsonWriter json, string list, JsonElement table, Action<Utf8JsonWriter, JsonElement> writeMore)
    {
        if (!table.Items(list).Any()) return;
        json.WriteStartArray(list);
        foreach (var index in table.Items(list))
        {
            json.WriteStartObject();
            json.WriteVerbatim("IndexName", index.Member("IndexName"));
            json.WriteVerbatim("KeySchema", index.Member("KeySchema"));
            json.WriteVerbatim("Projection", index.Member("Projection"));
            writeMore(json, index);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteEncryption(Utf8JsonWriter json, JsonElement encryption)
    {
        if (encryption.Text("Status") is not ("ENABLED" or "ENABLING" or "UPDATING")) return;
        json.WriteStartObject("SSESpecification");
        json.WriteBoolean("Enabled", true);
        json.WriteVerbatim("SSEType", encryption.Member("SSEType"));
        json.WriteVerbatim("KMSMasterKeyId", encryption.Member("KMSMasterKeyArn"));
        json.WriteEndObject();
    }

    // Names that begin with aws: are AWS's own, and refused of others.
    private static void WriteTags(Utf8JsonWriter json, IEnumerable<JsonElement> tags)
    {
        List<JsonElement> own = [.. tags.Where(tag => tag.Text("Key")?.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) == false)];
        if (own.Count > 0) json.WriteVerbatim("Tags", own);
    }
}
