using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>
/// Brings tables back (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html"/>): made with keys and
/// indexes at once, or changed one thing at a time; then what hangs on them, and the items where they were captured.
/// </summary>
internal sealed class TableRestorer : Restorer
{
    public override string Layer => DynamoDbLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [TableView.TableKind];

    public override RestorePhase Phase => RestorePhase.Tables;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(TableDocuments.Description, TableChanges.PutAsync) { IsInCreate = true },
        new(TableDocuments.Tags + "*", TableOptions.PutTagsAsync) { IsInCreate = true, RemoveAsync = TableOptions.PutTagsAsync },
        new(TableDocuments.ResourcePolicy, TableOptions.PutPolicyAsync) { RemoveAsync = TableOptions.RemovePolicyAsync },
        new(TableDocuments.TimeToLive, TableOptions.PutTimeToLiveAsync),
        new(TableDocuments.ContinuousBackups, TableOptions.PutBackupsAsync),
        new(TableDocuments.KinesisDestinations, TableOptions.PutStreamsAsync),
        new(TableDocuments.ContributorInsights, TableOptions.PutInsightsAsync) { RemoveAsync = TableOptions.PutInsightsAsync },
        new(TableDocuments.AutoScaling, TableScaling.PutAsync) { RemoveAsync = TableScaling.PutAsync },
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new(TableDocuments.Description, "Table.TableId", "is given by DynamoDB"),
        new(TableDocuments.Description, "Table.CreationDateTime", "is the time at which it was made"),
        new(TableDocuments.Description, "Table.LatestStreamArn", "has the time in it at which the stream was made"),
        new(TableDocuments.Description, "Table.LatestStreamLabel", "is the time at which the stream was made"),
        new(TableDocuments.Description, "*WarmThroughput*", "follows what the table has served"),
        new(TableDocuments.Description, "Table.TableStatus", "says what DynamoDB is about"),
        new(TableDocuments.Description, "*IndexStatus", "says what DynamoDB is about"),
        new(TableDocuments.Description, "*Backfilling", "says what DynamoDB is about"),
        new(TableDocuments.Description, "Table.SSEDescription.Status", "says what DynamoDB is about"),
        new(TableDocuments.Description, "Table.RestoreSummary*", "says of which backup it was made"),
        new(TableDocuments.Description, "Table.Replicas*", "are tables of other regions, which are added by update-table"),
        new(TableDocuments.Description, "Table.GlobalTableVersion", "is said of a table with replicas"),
        new(TableDocuments.Description, "Table.TableClassSummary.LastUpdateDateTime", "is the time at which it was changed"),
        // A table that was never anything but provisioned does not say so.
        new(TableDocuments.Description, "Table.BillingModeSummary", "is not said of a table that was always provisioned") { Only = (_, change, _) => change is { Snapshot: var was, Live: var live } && (was ?? live)?.Contains("PROVISIONED", StringComparison.Ordinal) == true },
        new(TableDocuments.Description, "Table.TableClassSummary", "is not said of a table that was always of the standard class") { Only = (_, change, _) => (change.Snapshot ?? change.Live)?.Contains("TableClass: STANDARD}", StringComparison.Ordinal) == true || (change.Snapshot ?? change.Live)?.Contains("TableClass: STANDARD,", StringComparison.Ordinal) == true },
        new(TableDocuments.ResourcePolicy, "RevisionId", "is counted by DynamoDB"),
        new(TableDocuments.TimeToLive, "*TimeToLiveStatus", "says what DynamoDB is about") { Only = (_, change, _) => change.Snapshot?.StartsWith("ENABL", StringComparison.Ordinal) == change.Live?.StartsWith("ENABL", StringComparison.Ordinal) },
        new(TableDocuments.KinesisDestinations, "*DestinationStatusDescription", "says what DynamoDB is about"),
        new(TableDocuments.AutoScaling, "*PredictedCapacity", "says what the service expects"),
    ];

    public override bool CanDelete(string kind) => true;

    public override IReadOnlyList<string> OtherIdentifiers(Resource resource, ResourceDocuments documents) =>
        documents.Json(TableDocuments.Description).Member("Table").Text("LatestStreamArn") is { } stream ? [stream] : [];

    public override string? WhyFixed(string kind, string document, string path) =>
        document == TableDocuments.Description && (path.StartsWith("Table.KeySchema", StringComparison.Ordinal) || path.StartsWith("Table.LocalSecondaryIndexes", StringComparison.Ordinal))
            ? "keys and local indexes of a table never change; delete the table, and it is made anew" : null;

    public override string? WhyNot(RestoreWork work) => TableImport.SourceOf(work) is not null && TableChanges.Described(work.Documents).Items("LocalSecondaryIndexes").Any()
        ? "it has local indexes, and DynamoDB imports into no table that has any" : null;

    public override string? HowMade(RestoreWork work) => TableImport.SourceOf(work) is { ItemCount: > 0 } source ? $"DynamoDB imports it with {source.ItemCount:N0} items from {source}" : null;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var (documents, table) = (work.Documents, TableChanges.Described(work.Documents));
        var tags = documents.AllJson(TableDocuments.Tags).SelectMany(page => page.Items("Tags"));
        var request = CreateTableRequest.From(table, tags, null);
        var hasKey = await MakeAsync(work, request, cancel);
        // DynamoDB's own key is another in every account, and does not look like it.
        if (!hasKey) await MakeAsync(work, WithoutKey(request), cancel);
        var made = await TableCalls.SettleAsync(work, cancel);
        work.Created(work.Name, null, made.Text("LatestStreamArn") is { } stream ? [stream] : []);
        if (TableImport.SourceOf(work) is not null)
        {
            await TableChanges.PutAsync(work, cancel);
            await TableOptions.PutTagsAsync(work, cancel);
        }
        if (!hasKey && made.Member("SSEDescription").Text("KMSMasterKeyArn") is { } key)
        {
            work.Learn(TableChanges.Described(work.Original).Member("SSEDescription").Text("KMSMasterKeyArn")!, key);
            work.Note($"The key that encrypted {work.Name} is not here: it is encrypted with DynamoDB's own, {key}.");
        }
        if (table.Items("Replicas").Any()) work.Note($"{work.Name} had replicas in {string.Join(", ", table.Items("Replicas").Select(replica => replica.Text("RegionName")))}: aws dynamodb update-table --replica-updates adds them.");
    }

    // Whether it was made, or was there; not where its key is none that can be used here.
    private static async Task<bool> MakeAsync(RestoreWork work, byte[] request, CancellationToken cancel)
    {
        try
        {
            // An export of nothing may have no file to import.
            if (TableImport.SourceOf(work) is not { ItemCount: > 0 } source) await TableCalls.SendAsync(work, new() { Operation = "CreateTable", Body = request }, cancel);
            else
            {
                var import = TableImport.Description(await TableCalls.SendAsync(work, TableImport.Request(source, request), cancel));
                await TableImport.FollowAsync(work, source, import.Text("ImportArn")!, cancel);
            }
            return true;
        }
        catch (ServiceException exception) when (exception is { Code: "ResourceInUseException", Operation: "CreateTable" })
        {
            // A call whose answer was lost has made it.
            return true;
        }
        catch (ServiceException exception) when (exception.Message.Contains("KMS", StringComparison.Ordinal) && JsonElement.Parse(request).Member("SSESpecification").Text("KMSMasterKeyId") is not null)
        {
            return false;
        }
    }

    private static byte[] WithoutKey(byte[] request)
    {
        var root = JsonNode.Parse(request)!.AsObject();
        root["SSESpecification"]!.AsObject().Remove("KMSMasterKeyId");
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) => TableCalls.SendAsync(work, JsonRequest.Of("DeleteTable", ("TableName", work.Name)), cancel);

    public override (RestorePhase Phase, string Name)? Content(string kind) => (RestorePhase.Items, "items");

    public override async Task<ContentPlan?> PlanContentAsync(RestoreWork work, CancellationToken cancel)
    {
        if (TableImport.SourceOf(work) is { } source) return work.IsNew || source.ItemCount == 0 ? null : await PlanImportAsync(work, source, cancel);
        if (!work.Has(TableDocuments.ItemFiles + ".json")) return null;
        var count = JsonElement.Parse(await work.ReadFileAsync(TableDocuments.ItemSummary + ".json", cancel)).Number("itemCount");
        if (work.IsNew) return new(RestoreAction.Create, "the table is not there", count);
        if (count == 0) return new(RestoreAction.Skip, "the snapshot has no items");
        var first = await TableCalls.SendAsync(work, JsonRequest.Of("Scan", json =>
        {
            json.WriteString("TableName", work.Name);
            json.WriteNumber("Limit", 1);
        }), cancel);
        return first.Json().Number("Count") is 0 ? new(RestoreAction.Create, "the table is empty", count)
            : work.Target.OverwriteContent ? new(RestoreAction.Update, "the snapshot's items go over those that are there", count)
            : new(RestoreAction.Skip, "it has items (-OverwriteData writes the snapshot's over them)", count);
    }

    // An import that was no longer waited for goes on.
    private static async Task<ContentPlan> PlanImportAsync(RestoreWork work, TableExportSource source, CancellationToken cancel)
    {
        if (await TableImport.FindAsync(work, source, cancel) is not { } arn)
            return new(RestoreAction.Cannot, "the table is there, and DynamoDB imports into new tables alone: delete it, or give another name (-Rename)", source.ItemCount);
        var import = await TableImport.DescribeAsync(work, arn, cancel);
        return import.Text("ImportStatus") != "COMPLETED" ? new(RestoreAction.Update, $"DynamoDB is importing its items from {source}", source.ItemCount)
            : TableImport.Shortfall(import, source) is { } shortfall ? new(RestoreAction.Cannot, shortfall, source.ItemCount)
            : new(RestoreAction.Skip, $"its items were imported from {source}", source.ItemCount);
    }

    public override async Task<long> RestoreContentAsync(RestoreWork work, CancellationToken cancel) => TableImport.SourceOf(work) is { } source
        ? await TableImport.FollowAsync(work, source, await TableImport.FindAsync(work, source, cancel) ?? throw new InvalidOperationException($"The import of {work.Name} is gone."), cancel)
        : await new TableRestore(work.Context, new() { Side = work.Side, Table = work.Resource, TableName = work.Name, Region = work.Region }).RunAsync(cancel);
}
