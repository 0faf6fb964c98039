using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Tables;

/// <summary>Makes the tables, their settings and some items.</summary>
internal static class TableBuilder
{
    private const int ItemsPerBatch = 25;

    /// <summary>Answers with the stream of the sessions, which a function follows.</summary>
    public static async Task<string> BuildAsync(EstateScript script)
    {
        var streams = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < TableCatalogue.All.Count; index++)
        {
            script.Clock.Set(950 - 50 * index);
            var plan = TableCatalogue.All[index];
            var answer = await script.DynamoDbAsync(plan.Region, "CreateTable", Definition(plan));
            if (answer["TableDescription"]?["LatestStreamArn"]?.GetValue<string>() is { } stream) streams[plan.Name] = stream;
            script.Clock.Pass(TimeSpan.FromMinutes(5));
            await AdjustAsync(script, plan);
            await FillAsync(script, plan);
        }
        return streams["jada-sessions"];
    }

    private static JsonObject Definition(TablePlan plan)
    {
        var keys = new[] { plan.HashKey, plan.RangeKey }
            .Concat(plan.GlobalIndexes.Concat(plan.LocalIndexes).SelectMany(index => new[] { index.HashKey, index.RangeKey }))
            .OfType<string>().Distinct(StringComparer.Ordinal);
        var body = new JsonObject
        {
            ["TableName"] = plan.Name,
            ["AttributeDefinitions"] = new JsonArray([.. keys.Select(Attribute)]),
            ["KeySchema"] = Keys(plan.HashKey, plan.RangeKey),
            ["BillingMode"] = plan.Capacity is null ? "PAY_PER_REQUEST" : "PROVISIONED",
            ["DeletionProtectionEnabled"] = plan.IsProtected,
            ["Tags"] = new JsonArray(Tag("owner", "crew"), Tag("holds", plan.Name["jada-".Length..])),
        };
        if (plan.Capacity is not null) body["ProvisionedThroughput"] = Units(plan);
        if (plan.GlobalIndexes.Count > 0) body["GlobalSecondaryIndexes"] = new JsonArray([.. plan.GlobalIndexes.Select(index => Index(plan, index, isGlobal: true))]);
        if (plan.LocalIndexes.Count > 0) body["LocalSecondaryIndexes"] = new JsonArray([.. plan.LocalIndexes.Select(index => Index(plan, index, isGlobal: false))]);
        if (plan.Stream is not null) body["StreamSpecification"] = new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = plan.Stream };
        if (plan.IsKmsEncrypted) body["SSESpecification"] = new JsonObject { ["Enabled"] = true, ["SSEType"] = "KMS" };
        if (plan.IsRarelyRead) body["TableClass"] = "STANDARD_INFREQUENT_ACCESS";
        return body;
    }

    private static async Task AdjustAsync(EstateScript script, TablePlan plan)
    {
        if (plan.TimeToLive is not null)
            await script.DynamoDbAsync(plan.Region, "UpdateTimeToLive", new()
            {
                ["TableName"] = plan.Name,
                ["TimeToLiveSpecification"] = new JsonObject { ["Enabled"] = true, ["AttributeName"] = plan.TimeToLive },
            });
        if (plan.IsRecoverable)
            await script.DynamoDbAsync(plan.Region, "UpdateContinuousBackups", new()
            {
                ["TableName"] = plan.Name,
                ["PointInTimeRecoverySpecification"] = new JsonObject { ["PointInTimeRecoveryEnabled"] = true },
            });
        if (plan.SharedWith is not null)
            await script.DynamoDbAsync(plan.Region, "PutResourcePolicy", new() { ["ResourceArn"] = Arn(script, plan), ["Policy"] = ReadPolicy(script, plan) });
        if (plan.KinesisStream is not null)
            await script.DynamoDbAsync(plan.Region, "EnableKinesisStreamingDestination", new()
            {
                ["TableName"] = plan.Name,
                ["StreamArn"] = $"arn:aws:kinesis:{plan.Region}:{script.World.Account}:stream/{plan.KinesisStream}",
            });
        if (plan.HasInsights)
            await script.DynamoDbAsync(plan.Region, "UpdateContributorInsights", new() { ["TableName"] = plan.Name, ["ContributorInsightsAction"] = "ENABLE" });
    }

    private static string Arn(EstateScript script, TablePlan plan) => $"arn:aws:dynamodb:{plan.Region}:{script.World.Account}:table/{plan.Name}";

    private static string ReadPolicy(EstateScript script, TablePlan plan) =>
        $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{{script.World.Account}}}:role/service-role/{{{plan.SharedWith}}}-role"},"Action":["dynamodb:GetItem"],"Resource":"{{{Arn(script, plan)}}}"}]}""";

    private static async Task FillAsync(EstateScript script, TablePlan plan)
    {
        var dice = script.DiceFor($"table/{plan.Name}");
        var puts = Enumerable.Range(1, plan.Items).Select(number => (JsonNode)new JsonObject
        {
            ["PutRequest"] = new JsonObject { ["Item"] = Item(plan, dice, number) },
        });
        foreach (var batch in puts.Chunk(ItemsPerBatch))
            await script.DynamoDbAsync(plan.Region, "BatchWriteItem", new() { ["RequestItems"] = new JsonObject { [plan.Name] = new JsonArray(batch) } });
    }

    private static JsonObject Item(TablePlan plan, Dice dice, int number)
    {
        var item = new JsonObject { ["Note"] = new JsonObject { ["S"] = $"Item {number} of {plan.Name}" }, ["Paid"] = new JsonObject { ["BOOL"] = dice.Next(2) == 0 } };
        var keys = plan.GlobalIndexes.Concat(plan.LocalIndexes).SelectMany(index => new[] { index.HashKey, index.RangeKey })
            .Append(plan.HashKey).Append(plan.RangeKey).OfType<string>().Distinct(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var (name, type) = Split(key);
            var text = string.Create(CultureInfo.InvariantCulture, $"{name}-{number:0000}");
            item[name] = new JsonObject
            {
                [type] = type switch
                {
                    "N" => (1_700_000_000 + number).ToString(CultureInfo.InvariantCulture),
                    "B" => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
                    _ => text,
                },
            };
        }
        if (plan.TimeToLive is not null) item[plan.TimeToLive] = new JsonObject { ["N"] = "1893456000" };
        return item;
    }

    private static JsonObject Index(TablePlan plan, IndexPlan index, bool isGlobal)
    {
        var projection = new JsonObject { ["ProjectionType"] = index.IsKeysOnly ? "KEYS_ONLY" : index.Projected.Count > 0 ? "INCLUDE" : "ALL" };
        if (index.Projected.Count > 0) projection["NonKeyAttributes"] = new JsonArray([.. index.Projected.Select(name => JsonValue.Create(name))]);
        var body = new JsonObject { ["IndexName"] = index.Name, ["KeySchema"] = Keys(index.HashKey, index.RangeKey), ["Projection"] = projection };
        if (isGlobal && plan.Capacity is not null) body["ProvisionedThroughput"] = Units(plan);
        return body;
    }

    private static JsonArray Keys(string hash, string? range) => range is null
        ? new JsonArray(Key(hash, "HASH"))
        : new JsonArray(Key(hash, "HASH"), Key(range, "RANGE"));

    private static JsonObject Key(string key, string type) => new() { ["AttributeName"] = Split(key).Name, ["KeyType"] = type };

    private static JsonNode Attribute(string key) => new JsonObject { ["AttributeName"] = Split(key).Name, ["AttributeType"] = Split(key).Type };

    private static JsonObject Units(TablePlan plan) =>
        new() { ["ReadCapacityUnits"] = plan.Capacity!.Value.Read, ["WriteCapacityUnits"] = plan.Capacity.Value.Write };

    private static JsonObject Tag(string key, string value) => new JsonObject { ["Key"] = key, ["Value"] = value };

    private static (string Name, string Type) Split(string key) => (key[..^2], key[^1..]);
}
