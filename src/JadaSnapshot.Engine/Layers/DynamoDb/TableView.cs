using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>Tables as typed objects.</summary>
public sealed class TableView : ResourceView<DynamoDbTable>
{
    internal const string TableKind = "table";

    /// <inheritdoc/>
    public override string Layer => DynamoDbLayer.LayerName;

    /// <inheritdoc/>
    public override string Kind => TableKind;

    /// <inheritdoc/>
    public override string Folder(Resource resource) => FolderOf(resource);

    internal static string FolderOf(Resource resource) => $"aws-configs/dynamodb/{PathNames.FromName(resource.Region)}/{PathNames.FromName(resource.Name)}/";

    /// <inheritdoc/>
    public override bool Reads(string document) =>
        document is TableDocuments.Description or TableDocuments.TimeToLive or TableDocuments.ContinuousBackups || document.StartsWith(TableDocuments.Tags, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override DynamoDbTable View(Resource resource, ResourceDocuments documents)
    {
        var table = documents.Json(TableDocuments.Description).Member("Table");
        var backups = documents.Json(TableDocuments.ContinuousBackups).Member("ContinuousBackupsDescription").Member("PointInTimeRecoveryDescription");
        var (mode, throughput) = (CreateTableRequest.BillingMode(table), table.Member("ProvisionedThroughput"));
        var isProvisioned = table.ValueKind == JsonValueKind.Object && mode == "PROVISIONED";
        var types = table.Items("AttributeDefinitions").Where(each => each.Text("AttributeName") is not null)
            .ToDictionary(each => each.Text("AttributeName")!, each => each.Text("AttributeType"), StringComparer.Ordinal);
        return new()
        {
            TableName = table.Text("TableName") ?? resource.Name,
            TableArn = table.Text("TableArn"),
            Region = resource.Region,
            Status = table.Text("TableStatus"),
            KeySchema = Keys(table, types),
            Indexes = [.. table.Items("GlobalSecondaryIndexes").Concat(table.Items("LocalSecondaryIndexes")).Select(index => $"{index.Text("IndexName")}: {Keys(index, types)}")],
            BillingMode = table.ValueKind == JsonValueKind.Object ? mode : null,
            ReadCapacityUnits = isProvisioned ? throughput.Number("ReadCapacityUnits") : null,
            WriteCapacityUnits = isProvisioned ? throughput.Number("WriteCapacityUnits") : null,
            ItemCount = table.Number("ItemCount") ?? 0,
            TableSizeBytes = table.Number("TableSizeBytes") ?? 0,
            TableClass = table.Member("TableClassSummary").Text("TableClass") ?? "STANDARD",
            TimeToLiveAttribute = documents.Json(TableDocuments.TimeToLive).Member("TimeToLiveDescription").Text("AttributeName"),
            IsPointInTimeRecoverable = backups.Text("PointInTimeRecoveryStatus") is { } status ? status == "ENABLED" : null,
            StreamViewType = table.Member("StreamSpecification").Text("StreamViewType"),
            IsDeletionProtected = table.Flag("DeletionProtectionEnabled") ?? false,
            CreatedAt = table.Moment("CreationDateTime"),
            Tags = documents.All(TableDocuments.Tags).SelectMany(page => JsonElement.Parse(page).Items("Tags"))
                .Where(tag => tag.Text("Key") is not null).ToDictionary(tag => tag.Text("Key")!, tag => tag.Text("Value") ?? "", StringComparer.Ordinal),
        };
    }

    private static string Keys(JsonElement tableOrIndex, Dictionary<string, string?> types) =>
        string.Join(", ", tableOrIndex.Items("KeySchema").Select(key => key.Text("AttributeName") is { } name ? $"{name} ({types.GetValueOrDefault(name)})" : "?"));
}
