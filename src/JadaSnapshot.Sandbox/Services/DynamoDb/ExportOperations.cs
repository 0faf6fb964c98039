using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>Exports to S3. One is in progress when it is first looked at, and over when it is looked at again.</summary>
internal sealed class ExportOperations(DynamoDbState state)
{
    private const int MostPerPage = 25;
    private readonly S3Objects _objects = new(state.World);

    public void AddTo(OperationTable operations)
    {
        operations.Add("ExportTableToPointInTime", Begin);
        operations.Add("DescribeExport", async (call, cancel) =>
        {
            TableExport export;
            bool isDue;
            lock (operations.Gate)
            {
                export = Export(call);
                isDue = ++export.Asked == 2 && export.Description.Text("ExportStatus") == "IN_PROGRESS";
            }
            if (isDue) await WriteAsync(export, cancel);
            lock (operations.Gate) return Answer(export);
        });
        operations.Add("ListExports", List);
    }

    private SandboxResponse Begin(Call call)
    {
        var (asked, arn) = (call.Json, call.Json.Need("TableArn"));
        var table = state.In(call.Region).Values.FirstOrDefault(table => table.Arn == arn) ?? throw new SandboxException(400, "TableNotFoundException", $"Table not found: {arn}");
        if (asked.Text("ClientToken") is { } token && state.Exports.Values.FirstOrDefault(export => export.Description.Text("ClientToken") == token) is { } known) return Answer(known);
        if (table.RecoveryEnabled is not { } since) throw new SandboxException(400, "PointInTimeRecoveryUnavailableException", $"Point in time recovery is not enabled for table '{table.Name}'");
        if ((asked.Text("ExportFormat") ?? "DYNAMODB_JSON") != "DYNAMODB_JSON" || (asked.Text("ExportType") ?? "FULL_EXPORT") != "FULL_EXPORT")
            throw DynamoDbState.Invalid("The sandbox makes full exports in DynamoDB JSON.");
        var now = state.World.Now;
        var time = ExportTime(asked) ?? now;
        if (time < since || time > now) throw new SandboxException(400, "InvalidExportTimeException", "The specified ExportTime is outside of the point in time recovery window.");

        var id = $"{now.ToUnixTimeMilliseconds():00000000000000}-{state.World.NewId(8, "0123456789abcdef")}";
        var description = new JsonObject
        {
            ["ExportArn"] = $"{table.Arn}/export/{id}",
            ["ExportStatus"] = "IN_PROGRESS",
            ["StartTime"] = now.Epoch(),
            ["TableArn"] = table.Arn,
            ["TableId"] = table.Description.Need("TableId"),
            ["ExportTime"] = time.Epoch(),
            ["ClientToken"] = asked.Text("ClientToken") ?? state.World.NewGuid(),
            ["S3Bucket"] = asked.Need("S3Bucket"),
            ["S3SseAlgorithm"] = asked.Text("S3SseAlgorithm") ?? "AES256",
            ["ExportFormat"] = "DYNAMODB_JSON",
            ["ExportType"] = "FULL_EXPORT",
        }.With("S3BucketOwner", asked.Text("S3BucketOwner")).With("S3Prefix", asked.Text("S3Prefix"));
        var export = new TableExport(description, id, [.. table.Items.Values.Select(item => item.DeepClone().AsObject())]);
        state.Exports.Add(export.Arn, export);
        return Answer(export);
    }

    private SandboxResponse List(Call call)
    {
        var size = call.Json.Number("MaxResults") ?? MostPerPage;
        if (size is < 1 or > MostPerPage) throw DynamoDbState.Invalid(Constraint.Failed($"{size}", "maxResults", $"Member must have value less than or equal to {MostPerPage}"));
        var table = call.Json.Text("TableArn");
        var page = state.Exports.Values
            .Where(export => export.Arn.StartsWith(table is null ? $"arn:aws:dynamodb:{call.Region}:" : table + "/", StringComparison.Ordinal))
            .After(Marker.Open(call.Json.Text("NextToken"), "ValidationException"), (int)size, export => export.Arn);
        return DynamoDbState.Answer(new JsonObject
        {
            ["ExportSummaries"] = JsonAnswer.List(page.Items.Select(export => new JsonObject
            {
                ["ExportArn"] = export.Arn,
                ["ExportStatus"] = export.Description.Need("ExportStatus"),
                ["ExportType"] = export.Description.Need("ExportType"),
            })),
        }.With("NextToken", Marker.Seal(page.Marker)));
    }

    private async Task WriteAsync(TableExport export, CancellationToken cancel)
    {
        var description = export.Description;
        description["EndTime"] = state.World.Now.Epoch();
        try
        {
            var size = 0L;
            foreach (var (key, body) in export.Files())
            {
                size += body.Length;
                await _objects.PutAsync(description.Need("S3Bucket"), key, body, cancel);
            }
            description["ExportManifest"] = export.ManifestKey;
            description["BilledSizeBytes"] = size;
            description["ItemCount"] = export.ItemCount;
            description["ExportStatus"] = "COMPLETED";
        }
        catch (SandboxException refusal)
        {
            description["FailureCode"] = $"S3{refusal.Code}";
            description["FailureMessage"] = refusal.Message;
            description["ExportStatus"] = "FAILED";
        }
    }

    private TableExport Export(Call call) => state.Exports.GetValueOrDefault(call.Json.Need("ExportArn"))
        ?? throw new SandboxException(400, "ExportNotFoundException", $"Export not found: {call.Json.Need("ExportArn")}");

    private static SandboxResponse Answer(TableExport export) => DynamoDbState.Answer(new JsonObject { ["ExportDescription"] = export.Description.DeepClone() });

    private static DateTimeOffset? ExportTime(JsonObject asked) => asked["ExportTime"] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<double>(out var seconds) && seconds is > 0 and < 32_503_680_000 => DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)),
        _ => throw DynamoDbState.Invalid("ExportTime is not a time."),
    };
}
