using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

internal sealed partial class DynamoDbState(SandboxWorld world)
{
    private readonly Dictionary<string, SortedDictionary<string, Table>> _regions = new(StringComparer.Ordinal);

    public SandboxWorld World { get; } = world;

    /// <summary>Exports to S3, by ARN.</summary>
    public SortedDictionary<string, TableExport> Exports { get; } = new(StringComparer.Ordinal);

    /// <summary>Imports from S3, by ARN.</summary>
    public SortedDictionary<string, TableImport> Imports { get; } = new(StringComparer.Ordinal);

    public IEnumerable<Table> AllTables => _regions.Values.SelectMany(tables => tables.Values);

    public SortedDictionary<string, Table> In(string region)
    {
        if (!_regions.TryGetValue(region, out var tables)) _regions.Add(region, tables = new(StringComparer.Ordinal));
        return tables;
    }

    /// <summary>The table that TableName names, by name or ARN.</summary>
    /// <exception cref="SandboxException">There is none.</exception>
    public Table Table(Call call, string code = "ResourceNotFoundException")
    {
        var name = CheckName(NameOf(call.Json.Need("TableName")));
        return In(call.Region).GetValueOrDefault(name)
            ?? throw new SandboxException(400, code, code == "TableNotFoundException" ? $"Table not found: {name}" : $"Requested resource not found: Table: {name} not found");
    }

    /// <summary>What DescribeTable answers now.</summary>
    public JsonObject Describe(Table table)
    {
        table.Import?.Look();
        return World.IsSettled(table.Settled) ? table.Describe() : table.Describe(table.Unsettled, isBuilding: true);
    }

    /// <summary>Notes that a table is not yet what it will be.</summary>
    public void Unsettle(Table table, string status, string? newIndex = null) =>
        (table.Settled, table.Unsettled, table.NewIndex) = (World.SettledAfter(World.Settling.Tables), status, newIndex);

    /// <exception cref="SandboxException">The table is being made or changed.</exception>
    public void CheckChangeable(Table table)
    {
        table.Import?.Look();
        if (!World.IsSettled(table.Settled))
            throw new SandboxException(400, "ResourceInUseException", $"Attempt to change a resource which is still in use: Table is being {(table.Unsettled == "CREATING" ? "created" : "updated")}: {table.Name}");
    }

    /// <exception cref="SandboxException">There is no table with this ARN.</exception>
    public Table TableOfArn(Call call)
    {
        var arn = call.Json.Need("ResourceArn");
        return In(call.Region).Values.FirstOrDefault(table => table.Arn == arn)
            ?? throw new SandboxException(400, "ResourceNotFoundException", $"Requested resource not found: ResourcArn: {arn} not found");
    }

    public static string NameOf(string nameOrArn) => nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn[(nameOrArn.IndexOf('/', StringComparison.Ordinal) + 1)..] : nameOrArn;

    public static string CheckName(string name)
    {
        if (!NamePattern().IsMatch(name)) throw Invalid(Constraint.Pattern(name, "tableName", "[a-zA-Z0-9_.-]+"));
        if (name.Length is < 3 or > 255) throw Invalid("TableName must be at least 3 characters long and at most 255 characters long");
        return name;
    }

    public static SandboxException Invalid(string message) => new(400, "ValidationException", message);

    public static SandboxException InvalidParameters(string message) => Invalid($"One or more parameter values were invalid: {message}");

    public static SandboxResponse Answer(JsonNode body) => JsonAnswer.Of(body, contentType: DynamoDbService.JsonContentType);

    [GeneratedRegex("^[a-zA-Z0-9_.-]+$")]
    private static partial Regex NamePattern();
}

internal sealed class Table
{
    /// <summary>What DescribeTable says, without sizes and counts.</summary>
    public required JsonObject Description { get; init; }
    public required KeySchema Key { get; init; }

    /// <summary>When it is no longer what <see cref="Unsettled"/> says, and until when its newest index is being built.</summary>
    public DateTimeOffset Settled { get; set; }
    public string Unsettled { get; set; } = "CREATING";
    public string? NewIndex { get; set; }

    /// <summary>The import that made it.</summary>
    public TableImport? Import { get; set; }
    public SortedDictionary<ItemKey, JsonObject> Items { get; } = [];
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
    public string? TimeToLiveAttribute { get; set; }
    public JsonObject? PointInTimeRecovery { get; set; }
    public DateTimeOffset? RecoveryEnabled { get; set; }
    public string? Policy { get; set; }
    public string PolicyRevision { get; set; } = "";

    /// <summary>Kinesis streams that follow the table, by ARN, and how fine their times are.</summary>
    public SortedDictionary<string, string> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>The indexes, or <c>""</c> for the table itself, whose contributor insights are on.</summary>
    public SortedSet<string> Insights { get; } = new(StringComparer.Ordinal);

    public string Name => Description.Need("TableName");

    public string Arn => Description.Need("TableArn");

    /// <summary>What DescribeTable answers now.</summary>
    public JsonObject Describe(string status = "ACTIVE", bool isBuilding = false)
    {
        var answer = Description.DeepClone().AsObject();
        if (isBuilding && answer.Parts("GlobalSecondaryIndexes").FirstOrDefault(index => index.Text("IndexName") == NewIndex) is { } building)
            (building["IndexStatus"], building["Backfilling"]) = ("CREATING", true);
        answer["TableStatus"] = status;
        answer["ItemCount"] = Items.Count;
        answer["TableSizeBytes"] = Items.Values.Sum(AttributeValue.SizeOfItem);
        foreach (var index in answer.Parts("GlobalSecondaryIndexes").Concat(answer.Parts("LocalSecondaryIndexes")))
        {
            var names = KeySchema.NamesOf(index);
            List<JsonObject> items = [.. Items.Values.Where(item => names.All(item.ContainsKey))];
            index["ItemCount"] = items.Count;
            index["IndexSizeBytes"] = items.Sum(AttributeValue.SizeOfItem);
        }
        return answer;
    }
}
