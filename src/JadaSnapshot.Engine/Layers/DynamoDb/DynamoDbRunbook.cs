using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>How tables come back: the derived request, what a request cannot say, the items.</summary>
internal sealed class DynamoDbRunbook : IRunbookPart
{
    private static readonly TableView Tables = new();

    public string Layer => DynamoDbLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Tables;

    public void Write(RunbookSource source, RunbookPage page)
    {
        page.Layer(Layer);
        foreach (var table in source.Of(Layer, TableView.TableKind)) Write(table, Tables.Folder(table), source, page);
    }

    private static void Write(Resource table, string folder, RunbookSource source, RunbookPage page)
    {
        if (!source.Has(folder + TableDocuments.CreateRequest)) return;
        var hasItems = source.Below(folder + "data/").Any();
        page.Heading("Table", table.Name, table.Region);
        page.Restore("Restore-JadaTable", "TableName", table.Name);
        page.Shell(shell =>
        {
            shell.Add($"aws dynamodb create-table --region {table.Region} --cli-input-json {"file://" + folder + TableDocuments.CreateRequest}");
            shell.Add($"aws dynamodb wait table-exists --region {table.Region} --table-name {table.Name}");
            if (hasItems) shell.Add($"put_items {table.Region} {table.Name} {folder + "data"}");
            if (source.Json(folder + TableDocuments.TimeToLive).Member("TimeToLiveDescription") is var living && living.Text("TimeToLiveStatus") is "ENABLED" or "ENABLING")
                shell.Add($"aws dynamodb update-time-to-live --region {table.Region} --table-name {table.Name} --time-to-live-specification {new JsonObject { ["Enabled"] = true, ["AttributeName"] = living.Text("AttributeName") }}");
            if (source.Json(folder + TableDocuments.ContinuousBackups).Member("ContinuousBackupsDescription").Member("PointInTimeRecoveryDescription").Text("PointInTimeRecoveryStatus") == "ENABLED")
                shell.Add($"aws dynamodb update-continuous-backups --region {table.Region} --table-name {table.Name} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true");
            if (source.Json(folder + TableDocuments.ResourcePolicy).Text("Policy") is { } policy && source.Json(folder + TableDocuments.Description).Member("Table").Text("TableArn") is { } arn)
                shell.Add($"aws dynamodb put-resource-policy --region {table.Region} --resource-arn {arn} --policy {policy}");
        });
        if (!hasItems) page.Add("Its items are not in this snapshot; they come back from point-in-time recovery or AWS Backup.");
        page.Hints(Hints().Where(hint => source.Has(hint.Path)));

        IEnumerable<(string Path, string Command)> Hints()
        {
            yield return (folder + TableDocuments.AutoScaling, "`aws application-autoscaling register-scalable-target`, `put-scaling-policy`, `put-scheduled-action`");
            yield return (folder + TableDocuments.ContributorInsights, "`aws dynamodb update-contributor-insights`");
            if (source.Json(folder + TableDocuments.KinesisDestinations).Items("KinesisDataStreamDestinations").Any()) yield return (folder + TableDocuments.KinesisDestinations, "`aws dynamodb enable-kinesis-streaming-destination`");
        }
    }
}
