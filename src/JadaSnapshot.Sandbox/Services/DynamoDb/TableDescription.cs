using System.Globalization;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>Makes DescribeTable's document from what CreateTable asked for. Members that the sandbox does not know are kept.</summary>
internal static class TableDescription
{
    private static readonly HashSet<string> Transformed =
        ["TableName", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexes", "LocalSecondaryIndexes", "StreamSpecification", "SSESpecification", "Tags", "TableClass", "ResourcePolicy", "DeletionProtectionEnabled"];

    public static JsonObject From(JsonObject asked, string name, string region, SandboxWorld world)
    {
        var arn = $"arn:aws:dynamodb:{region}:{world.Account}:table/{name}";
        var description = new JsonObject();
        foreach (var (member, value) in asked)
            if (!Transformed.Contains(member)) description[member] = value?.DeepClone();
        description["TableName"] = name;
        description["CreationDateTime"] = world.Now.Epoch();
        description["TableArn"] = arn;
        description["TableId"] = world.NewGuid();
        description["DeletionProtectionEnabled"] = asked.Flag("DeletionProtectionEnabled") ?? false;
        description["ProvisionedThroughput"] = TableSchema.Throughput(asked.Part("ProvisionedThroughput"));
        if (asked.Text("BillingMode") == "PAY_PER_REQUEST") SetMode(description, "PAY_PER_REQUEST", world);
        AddIndexes(description, "GlobalSecondaryIndexes", asked, arn);
        AddIndexes(description, "LocalSecondaryIndexes", asked, arn);
        SetStream(description, asked.Part("StreamSpecification"), world);
        SetEncryption(description, asked.Part("SSESpecification"), region, world);
        if (asked.Text("TableClass") is { } tableClass) description["TableClassSummary"] = new JsonObject { ["TableClass"] = tableClass };
        return description;
    }

    /// <summary>A table that has only ever been provisioned has no BillingModeSummary.</summary>
    public static void SetMode(JsonObject description, string mode, SandboxWorld world)
    {
        var before = description.Part("BillingModeSummary");
        if (mode == "PROVISIONED" && before is null) return;
        description["BillingModeSummary"] = new JsonObject
        {
            ["BillingMode"] = mode,
            ["LastUpdateToPayPerRequestDateTime"] = mode == "PROVISIONED" || before?.Text("BillingMode") == mode
                ? before!["LastUpdateToPayPerRequestDateTime"]!.DeepClone()
                : world.Now.Epoch(),
        };
    }

    public static JsonObject Index(JsonObject asked, string tableArn, bool global)
    {
        var index = asked.DeepClone().AsObject();
        index["IndexArn"] = $"{tableArn}/index/{asked.Need("IndexName")}";
        if (!global) return index;
        index["IndexStatus"] = "ACTIVE";
        index["ProvisionedThroughput"] = TableSchema.Throughput(asked.Part("ProvisionedThroughput"));
        return index;
    }

    public static void SetStream(JsonObject description, JsonObject? asked, SandboxWorld world)
    {
        if (asked is null) return;
        if (asked.Flag("StreamEnabled") != true)
        {
            description.Remove("StreamSpecification");
            return;
        }
        if (asked.Text("StreamViewType") is null) throw DynamoDbState.InvalidParameters("StreamViewType must be specified when StreamEnabled is true");
        if (description.Part("StreamSpecification") is not null) throw DynamoDbState.Invalid("Table already has an enabled stream");
        var label = world.Now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
        description["StreamSpecification"] = asked.DeepClone();
        description["LatestStreamLabel"] = label;
        description["LatestStreamArn"] = $"{description.Need("TableArn")}/stream/{label}";
    }

    public static void SetEncryption(JsonObject description, JsonObject? asked, string region, SandboxWorld world)
    {
        if (asked is null) return;
        if (asked.Flag("Enabled") != true) description.Remove("SSEDescription");
        else
            description["SSEDescription"] = new JsonObject
            {
                ["Status"] = "ENABLED",
                ["SSEType"] = asked.Text("SSEType") ?? "KMS",
                ["KMSMasterKeyArn"] = asked.Text("KMSMasterKeyId") is { } key && key.StartsWith("arn:", StringComparison.Ordinal) ? key : $"arn:aws:kms:{region}:{world.Account}:key/{asked.Text("KMSMasterKeyId") ?? "aws-dynamodb"}",
            };
    }

    private static void AddIndexes(JsonObject description, string member, JsonObject asked, string arn)
    {
        if (asked.List(member) is { Count: > 0 })
            description[member] = new JsonArray([.. asked.Parts(member).Select(index => Index(index, arn, member == "GlobalSecondaryIndexes"))]);
    }
}
