using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>DynamoDB: tables with their settings, and items as far as capture and restore touch them.</summary>
internal sealed class DynamoDbService : JsonRpcService
{
    public const string JsonContentType = "application/x-amz-json-1.0";

    private readonly DynamoDbState _state;

    public DynamoDbService(SandboxWorld world)
    {
        _state = new DynamoDbState(world);
        new TableOperations(_state).AddTo(Operations);
        new TableUpdates(_state).AddTo(Operations);
        new BackupOperations(_state).AddTo(Operations);
        new TableTagOperations(_state).AddTo(Operations);
        new ResourcePolicyOperations(_state).AddTo(Operations);
        new StreamingOperations(_state).AddTo(Operations);
        new InsightsOperations(_state).AddTo(Operations);
        new ExportOperations(_state).AddTo(Operations);
        new ImportOperations(_state).AddTo(Operations);
        new ItemOperations(_state).AddTo(Operations);
        new BatchOperations(_state).AddTo(Operations);
        new ReadOperations(_state).AddTo(Operations);
    }

    public override string SigningName => "dynamodb";

    public override SandboxException Throttled => new(400, "ThrottlingException", "Rate exceeded");

    public override IEnumerable<AccessNeed> NeedsOf(SandboxRequest request) => base.NeedsOf(request).Concat(ExportNeeds.Of(request));

    protected override string TargetPrefix => "DynamoDB_20120810";

    protected override string ErrorNamespace => "com.amazonaws.dynamodb.v20120810";

    protected override string ContentType => JsonContentType;

    /// <summary>Whether a table has the stream of this ARN.</summary>
    public bool HasStream(string arn)
    {
        lock (Operations.Gate) return _state.AllTables.Any(table => table.Description.Text("LatestStreamArn") == arn);
    }

    /// <summary>Whether a region has a table of this name.</summary>
    public bool HasTable(string region, string table)
    {
        lock (Operations.Gate) return _state.In(region).ContainsKey(table);
    }

    /// <summary>Whether a table has a global index of this name.</summary>
    public bool HasIndex(string region, string table, string index)
    {
        lock (Operations.Gate)
            return _state.In(region).GetValueOrDefault(table)?.Description.Parts("GlobalSecondaryIndexes").Any(known => known.Text("IndexName") == index) == true;
    }
}
