using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>Makes a table with everything that can hang on it in a sandbox.</summary>
internal static class TableWorld
{
    private const string Account = SandboxWorld.EstateAccount, Region = "us-east-1";
    private const string Arn = $"arn:aws:dynamodb:{Region}:{Account}:table/shows";
    private const string Table = "\"ServiceNamespace\":\"dynamodb\",\"ResourceId\":\"table/shows\",\"ScalableDimension\":";
    private const string Reads = $"{Table}\"dynamodb:table:ReadCapacityUnits\"", Writes = $"{Table}\"dynamodb:table:WriteCapacityUnits\"";

    public static async Task MakeAsync(SandboxHost host)
    {
        await DynamoAsync(host, "CreateTable", """
            {"TableName":"shows","AttributeDefinitions":[{"AttributeName":"Id","AttributeType":"S"},{"AttributeName":"At","AttributeType":"N"},{"AttributeName":"Venue","AttributeType":"S"}],
            "KeySchema":[{"AttributeName":"Id","KeyType":"HASH"},{"AttributeName":"At","KeyType":"RANGE"}],"ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5},
            "GlobalSecondaryIndexes":[{"IndexName":"by-venue","KeySchema":[{"AttributeName":"Venue","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"},"ProvisionedThroughput":{"ReadCapacityUnits":2,"WriteCapacityUnits":2}}],
            "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"},"DeletionProtectionEnabled":true,"Tags":[{"Key":"owner","Value":"crew"}]}
            """);
        foreach (var id in (string[])["1", "2", "3"]) await DynamoAsync(host, "PutItem", $$$$"""{"TableName":"shows","Item":{"Id":{"S":"{{{{id}}}}"},"At":{"N":"{{{{id}}}}"},"Venue":{"S":"pier"}}}""");
        await DynamoAsync(host, "UpdateTimeToLive", """{"TableName":"shows","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"GoneAt"}}""");
        await DynamoAsync(host, "UpdateContinuousBackups", """{"TableName":"shows","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true,"RecoveryPeriodInDays":7}}""");
        await DynamoAsync(host, "PutResourcePolicy", $$$$"""{"ResourceArn":"{{{{Arn}}}}","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::{{{{Account}}}}:root\"},\"Action\":\"dynamodb:GetItem\",\"Resource\":\"{{{{Arn}}}}\"}]}"}""");
        await DynamoAsync(host, "EnableKinesisStreamingDestination", $$"""{"TableName":"shows","StreamArn":"arn:aws:kinesis:{{Region}}:{{Account}}:stream/changes"}""");
        await DynamoAsync(host, "UpdateContributorInsights", """{"TableName":"shows","ContributorInsightsAction":"ENABLE"}""");
        await ScalingAsync(host, "RegisterScalableTarget", $$"""{{{Reads}},"MinCapacity":5,"MaxCapacity":50}""");
        await ScalingAsync(host, "PutScalingPolicy", $$$$"""{{{{{Reads}}}},"PolicyName":"half","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{"TargetValue":50.0,"PredefinedMetricSpecification":{"PredefinedMetricType":"DynamoDBReadCapacityUtilization"}}}""");
        await ScalingAsync(host, "PutScheduledAction", $$$$"""{{{{{Reads}}}},"ScheduledActionName":"evening","Schedule":"cron(0 1 * * ? *)","ScalableTargetAction":{"MinCapacity":20}}""");
    }

    /// <summary>One change of each setting.</summary>
    public static IReadOnlyList<ManualChange> Changes(SandboxHost host)
    {
        (string Service, string Operation, string Body, string Document)[] changes =
        [
            ("dynamodb", "UpdateTable", """{"TableName":"shows","ProvisionedThroughput":{"ReadCapacityUnits":9,"WriteCapacityUnits":9}}""", "table.json"),
            ("dynamodb", "UpdateTable", """{"TableName":"shows","GlobalSecondaryIndexUpdates":[{"Update":{"IndexName":"by-venue","ProvisionedThroughput":{"ReadCapacityUnits":9,"WriteCapacityUnits":9}}}]}""", "table.json"),
            ("dynamodb", "UpdateTable", """{"TableName":"shows","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"by-venue"}}]}""", "table.json"),
            ("dynamodb", "UpdateTable", """{"TableName":"shows","BillingMode":"PAY_PER_REQUEST"}""", "table.json"),
            ("dynamodb", "UpdateTable", """{"TableName":"shows","TableClass":"STANDARD_INFREQUENT_ACCESS"}""", "table.json"),
            ("dynamodb", "UpdateTable", """{"TableName":"shows","DeletionProtectionEnabled":false}""", "table.json"),
            ("dynamodb", "UpdateTable", """{"TableName":"shows","SSESpecification":{"Enabled":true}}""", "table.json"),
            ("dynamodb", "UpdateTable", """{"TableName":"shows","StreamSpecification":{"StreamEnabled":false}}""", "table.json"),
            ("dynamodb", "UpdateTimeToLive", """{"TableName":"shows","TimeToLiveSpecification":{"Enabled":false,"AttributeName":"GoneAt"}}""", "time-to-live.json"),
            ("dynamodb", "UpdateContinuousBackups", """{"TableName":"shows","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true,"RecoveryPeriodInDays":3}}""", "continuous-backups.json"),
            ("dynamodb", "TagResource", $$"""{"ResourceArn":"{{Arn}}","Tags":[{"Key":"owner","Value":"nobody"},{"Key":"new","Value":"1"}]}""", "tags.json"),
            ("dynamodb", "DeleteResourcePolicy", $$"""{"ResourceArn":"{{Arn}}"}""", "resource-policy.json"),
            ("dynamodb", "EnableKinesisStreamingDestination", $$"""{"TableName":"shows","StreamArn":"arn:aws:kinesis:{{Region}}:{{Account}}:stream/other"}""", "kinesis-destinations.json"),
            ("dynamodb", "DisableKinesisStreamingDestination", $$"""{"TableName":"shows","StreamArn":"arn:aws:kinesis:{{Region}}:{{Account}}:stream/changes"}""", "kinesis-destinations.json"),
            ("dynamodb", "UpdateContributorInsights", """{"TableName":"shows","ContributorInsightsAction":"DISABLE"}""", "contributor-insights.json"),
            ("dynamodb", "UpdateContributorInsights", """{"TableName":"shows","IndexName":"by-venue","ContributorInsightsAction":"ENABLE"}""", "contributor-insights.json"),
            ("application-autoscaling", "RegisterScalableTarget", """{"ServiceNamespace":"dynamodb","ResourceId":"table/shows","ScalableDimension":"dynamodb:table:ReadCapacityUnits","MinCapacity":9,"MaxCapacity":90}""", "auto-scaling.json"),
            ("application-autoscaling", "DeregisterScalableTarget", """{"ServiceNamespace":"dynamodb","ResourceId":"table/shows","ScalableDimension":"dynamodb:table:ReadCapacityUnits"}""", "auto-scaling.json"),
        ];
        return
        [
            .. changes.Select(change => new ManualChange(change.Document, $"{change.Operation} {change.Body}", () => change.Service == "dynamodb" ? DynamoAsync(host, change.Operation, change.Body) : ScalingAsync(host, change.Operation, change.Body))),
            new("auto-scaling.json", "Scaling of writes", () => ScaleWritesAsync(host)),
        ];
    }

    public static Task<JsonObject> DynamoAsync(SandboxHost host, string operation, string body) => host.CallAsync("dynamodb", Region, "POST", "/", body, KeyValuePair.Create("X-Amz-Target", "DynamoDB_20120810." + operation));

    private static async Task ScaleWritesAsync(SandboxHost host)
    {
        await ScalingAsync(host, "RegisterScalableTarget", $$"""{{{Writes}},"MinCapacity":5,"MaxCapacity":50}""");
        await ScalingAsync(host, "PutScalingPolicy", $$$$"""{{{{{Writes}}}},"PolicyName":"half","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{"TargetValue":50.0,"PredefinedMetricSpecification":{"PredefinedMetricType":"DynamoDBWriteCapacityUtilization"}}}""");
        await ScalingAsync(host, "PutScheduledAction", $$$$"""{{{{{Writes}}}},"ScheduledActionName":"noon","Schedule":"cron(0 12 * * ? *)","ScalableTargetAction":{"MinCapacity":20}}""");
    }

    public static Task<JsonObject> ScalingAsync(SandboxHost host, string operation, string body) =>
        host.CallAsync("application-autoscaling", Region, "POST", "/", body, KeyValuePair.Create("X-Amz-Target", "AnyScaleFrontendService." + operation));
}
