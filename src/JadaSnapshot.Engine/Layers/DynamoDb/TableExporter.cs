using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>What an export to S3 is to be.</summary>
public sealed record TableExportOrder
{
    /// <summary>The bucket that it goes to.</summary>
    public required string Bucket { get; init; }

    /// <summary>What its keys begin with; null for the bucket's root.</summary>
    public string? Prefix { get; init; }

    /// <summary>The moment at which the table is exported; null for now.</summary>
    public DateTimeOffset? ExportTime { get; init; }

    /// <summary>How long to wait for it; zero for not at all.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Has DynamoDB itself export tables to S3, from their point-in-time recovery and without using their capacity.</summary>
public sealed class TableExporter(AwsConnection connection)
{
    private readonly ResourceSelection _selection = new(connection, new(), new TableView());

    /// <summary>How far it is.</summary>
    public LayerProgress Progress => _selection.Progress;

    /// <summary>Exports the tables that are wanted, all at once, each told of when it is over or no longer waited for.</summary>
    /// <param name="order">Where to, and of what moment.</param>
    /// <param name="wanted">Which tables are.</param>
    /// <param name="onProblem">Is told of exports that cannot begin, fail, or take too long; from any thread.</param>
    /// <param name="cancel">Ends the waiting. An export that has begun goes on.</param>
    /// <exception cref="ServiceException">The caller cannot be identified.</exception>
    public IAsyncEnumerable<TableExport> ExportAsync(
        TableExportOrder order, Func<Resource, ValueTask<bool>> wanted, Action<Problem> onProblem, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        return _selection.EachAsync(wanted, ExportAsync, onProblem, cancel);

        async Task<TableExport?> ExportAsync(ILayer layer, Resource table, CancellationToken token)
        {
            var dynamo = connection.Wire(DynamoDbService.Service, table.Region);
            var described = await dynamo.SendAsync(JsonRequest.Of("DescribeTable", ("TableName", table.Name)), token);
            var export = Description(await dynamo.SendAsync(Begin(order, described.Json().Member("Table").Text("TableArn")), token));
            if (order.Patience > TimeSpan.Zero)
            {
                var look = JsonRequest.Of("DescribeExport", ("ExportArn", export.Text("ExportArn")));
                export = await Waiting.LookAsync(async () => Description(await dynamo.SendAsync(look, token)), seen => seen.Text("ExportStatus") != "IN_PROGRESS", order.Patience, token);
                if (Trouble(export, order) is { } trouble) onProblem(Failure.ToProblem(trouble, table, "DescribeExport", null));
            }
            return ToExport(table, export);
        }
    }

    private static JsonElement Description(WireResponse answer) => answer.Json().Member("ExportDescription");

    // The token lets the service know a repeated request as the same.
    private static WireRequest Begin(TableExportOrder order, string? tableArn)
    {
        var token = Guid.NewGuid().ToString();
        return JsonRequest.Of("ExportTableToPointInTime", json =>
        {
            json.WriteString("TableArn", tableArn);
            json.WriteString("S3Bucket", order.Bucket);
            if (order.Prefix is not null) json.WriteString("S3Prefix", order.Prefix);
            if (order.ExportTime is { } time) json.WriteNumber("ExportTime", time.ToUnixTimeSeconds());
            json.WriteString("ExportFormat", "DYNAMODB_JSON");
            json.WriteString("ClientToken", token);
        });
    }

    private static ServiceException? Trouble(JsonElement export, TableExportOrder order) => export.Text("ExportStatus") switch
    {
        "COMPLETED" => null,
        "IN_PROGRESS" => Failed("TimedOut", $"The export is not over after {order.Patience}. It goes on: aws dynamodb describe-export --export-arn {export.Text("ExportArn")}"),
        _ => Failed(export.Text("FailureCode") ?? "ExportFailed", export.Text("FailureMessage") ?? "The export failed, and DynamoDB does not say why."),
    };

    private static ServiceException Failed(string code, string message) =>
        new(message) { Kind = FailureKind.ServiceFault, Code = code, Service = "dynamodb", Operation = "DescribeExport" };

    private static TableExport ToExport(Resource table, JsonElement export) => new()
    {
        TableName = table.Name,
        Region = table.Region,
        TableArn = export.Text("TableArn"),
        ExportArn = export.Text("ExportArn"),
        Status = export.Text("ExportStatus"),
        Bucket = export.Text("S3Bucket"),
        ManifestKey = export.Text("ExportManifest"),
        ExportTime = export.Moment("ExportTime"),
        StartedAt = export.Moment("StartTime"),
        CompletedAt = export.Moment("EndTime"),
        ItemCount = export.Number("ItemCount"),
        BilledSizeBytes = export.Number("BilledSizeBytes"),
    };
}
