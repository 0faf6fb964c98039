using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>Imports from S3 into new tables.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.HowItWorks.html. Faults of <c>dynamodb</c> with the operation <c>RunImport</c> meet an import, by its ARN.
/// </remarks>
internal sealed class ImportOperations(DynamoDbState state)
{
    private const int MostPerPage = 25;
    private const int TokenBlock = 8;
    private const int LeastBlocks = 7;

    private static readonly HashSet<string> Parameters =
        ["TableName", "AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "OnDemandThroughput", "SSESpecification", "GlobalSecondaryIndexes"];

    private readonly S3Objects _objects = new(state.World);

    public void AddTo(OperationTable operations)
    {
        operations.Add("ImportTable", async (call, cancel) =>
        {
            TableImport import;
            lock (operations.Gate) import = Begin(call);
            var source = import.Source ?? await ReadAsync(import, cancel);
            lock (operations.Gate)
            {
                import.Source = source;
                return Answer(import);
            }
        });
        operations.Add("DescribeImport", call =>
        {
            var import = state.Imports.GetValueOrDefault(call.Json.Need("ImportArn")) ?? throw new SandboxException(400, "ImportNotFoundException", $"Import not found: {call.Json.Need("ImportArn")}");
            import.Look();
            return Answer(import);
        });
        operations.Add("ListImports", List);
    }

    private TableImport Begin(Call call)
    {
        var asked = call.Json;
        if (asked.Text("ClientToken") is { } token && state.Imports.Values.FirstOrDefault(import => import.Description.Text("ClientToken") == token) is { } known) return known;
        var source = asked.Part("S3BucketSource") ?? throw JsonBody.MissingMember("s3BucketSource");
        source.Need("S3Bucket");
        if (asked.Need("InputFormat") != "DYNAMODB_JSON") throw DynamoDbState.Invalid("The sandbox imports DynamoDB JSON.");
        if ((asked.Text("InputCompressionType") ?? "NONE") is not ("GZIP" or "NONE")) throw DynamoDbState.Invalid("The sandbox imports files that are compressed with gzip or not at all.");
        var wanted = asked.Part("TableCreationParameters") ?? throw JsonBody.MissingMember("tableCreationParameters");
        if (wanted.FirstOrDefault(member => !Parameters.Contains(member.Key)).Key is { } stranger) throw new SandboxException(400, "SerializationException", $"TableCreationParameters has no {stranger}.");
        var name = DynamoDbState.CheckName(wanted.Need("TableName"));
        TableSchema.Check(wanted);
        if (state.In(call.Region).ContainsKey(name)) throw new SandboxException(400, "ResourceInUseException", $"Table already exists: {name}");

        var described = TableDescription.From(wanted, name, call.Region, state.World);
        var table = new Table { Description = described, Key = KeySchema.Of(described), Settled = DateTimeOffset.MaxValue };
        state.In(call.Region).Add(name, table);
        var now = state.World.Now;
        var description = new JsonObject
        {
            ["ImportArn"] = $"{table.Arn}/import/{now.ToUnixTimeMilliseconds():00000000000000}-{state.World.NewId(8, "0123456789abcdef")}",
            ["ImportStatus"] = "IN_PROGRESS",
            ["TableArn"] = table.Arn,
            ["TableId"] = described.Need("TableId"),
            ["ClientToken"] = asked.Text("ClientToken") ?? state.World.NewGuid(),
            ["S3BucketSource"] = source.DeepClone(),
            ["ErrorCount"] = 0L,
            ["CloudWatchLogGroupArn"] = $"arn:aws:logs:{call.Region}:{state.World.Account}:log-group:{TableImport.LogGroup}:*",
            ["InputFormat"] = "DYNAMODB_JSON",
            ["InputCompressionType"] = asked.Text("InputCompressionType") ?? "NONE",
            ["TableCreationParameters"] = wanted.DeepClone(),
            ["StartTime"] = now.Epoch(),
            ["ProcessedSizeBytes"] = 0L,
            ["ProcessedItemCount"] = 0L,
            ["ImportedItemCount"] = 0L,
        };
        var import = table.Import = new TableImport(description, table, state.In(call.Region), state.World);
        state.Imports.Add(import.Arn, import);
        return import;
    }

    // What is to be imported, or why it cannot be read.
    private async Task<(IReadOnlyList<byte[]> Files, SandboxException? Failure)> ReadAsync(TableImport import, CancellationToken cancel)
    {
        try
        {
            if (state.World.Faults.Meet("dynamodb", "RunImport", import.Arn) is { } fault) throw new SandboxException(fault.Status, fault.Code, fault.Message);
            var source = import.Description.Part("S3BucketSource")!;
            var (bucket, prefix) = (source.Need("S3Bucket"), source.Text("S3KeyPrefix") ?? "");
            var listed = await _objects.ListAsync(bucket, prefix, cancel);
            if (listed.Count == 0) throw new SandboxException(404, "NoSuchKey", $"There is no object under the prefix '{prefix}'.");
            List<byte[]> files = [];
            foreach (var file in listed) files.Add((await _objects.GetAsync(bucket, file.Key, null, cancel)).Body);
            return (files, null);
        }
        catch (SandboxException refusal)
        {
            return ([], refusal);
        }
    }

    private SandboxResponse List(Call call)
    {
        var size = call.Json.Number("PageSize") ?? MostPerPage;
        if (size is < 1 or > MostPerPage) throw DynamoDbState.Invalid(Constraint.Failed($"{size}", "pageSize", $"Member must have value less than or equal to {MostPerPage}"));
        var table = call.Json.Text("TableArn");
        var page = state.Imports.Values
            .Where(import => table is null ? import.Arn.StartsWith($"arn:aws:dynamodb:{call.Region}:", StringComparison.Ordinal) : import.Table.Arn == table)
            .After(Open(call.Json.Text("NextToken")), (int)size, import => import.Arn);
        return DynamoDbState.Answer(new JsonObject { ["ImportSummaryList"] = JsonAnswer.List(page.Items.Select(Summary)) }.With("NextToken", page.Marker is { } marker ? Seal(marker) : null));
    }

    private static JsonObject Summary(TableImport import) =>
        [.. ((string[])["ImportArn", "ImportStatus", "TableArn", "S3BucketSource", "CloudWatchLogGroupArn", "InputFormat", "StartTime", "EndTime"])
            .Where(import.Description.ContainsKey).Select(member => KeyValuePair.Create(member, import.Description[member]?.DeepClone()))];

    private static SandboxResponse Answer(TableImport import) => DynamoDbState.Answer(new JsonObject { ["ImportTableDescription"] = import.Description.DeepClone() });

    // The service's tokens are hexadecimal digits, in blocks of sixteen.
    private static string Seal(string marker) =>
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(marker.PadRight(Math.Max(LeastBlocks, (marker.Length + TokenBlock - 1) / TokenBlock) * TokenBlock)));

    private static string? Open(string? token)
    {
        if (token is null) return null;
        try
        {
            return Encoding.UTF8.GetString(Convert.FromHexString(token)).TrimEnd();
        }
        catch (FormatException)
        {
            throw DynamoDbState.Invalid("The NextToken is not valid.");
        }
    }
}
