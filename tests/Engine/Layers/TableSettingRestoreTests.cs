using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>Tables come back with their settings and their items.</summary>
public sealed class TableSettingRestoreTests : CalledRestoreTest
{
    private const string Arn = $"arn:aws:dynamodb:{Region}:{Account}:table/shows";

    [Fact]
    public async Task A_table_with_all_that_hangs_on_it_and_its_items_comes_back_in_an_empty_account()
    {
        await using var source = await SourceAsync();
        var snapshot = await CaptureAsync(source, true, "dynamodb");
        await using var target = await StartAsync(OtherAccount, "tables=300ms");
        await RestoreWhollyAsync(target, snapshot);
        Assert.Equal(3, (long)(await DynamoAsync(target, "Scan", """{"TableName":"shows"}"""))["Count"]!);
    }

    [Fact]
    public async Task Each_setting_that_was_changed_is_seen_alone_and_changed_back()
    {
        await using var source = await SourceAsync();
        var snapshot = await CaptureAsync(source, true, "dynamodb");
        await HasNothingToDoAsync(source, snapshot);
        (string Service, string Operation, string Body, string Document)[] changes =
        [
            ("", "UpdateTable", """{"TableName":"shows","ProvisionedThroughput":{"ReadCapacityUnits":9,"WriteCapacityUnits":9}}""", "table.json"),
            ("", "UpdateTable", """{"TableName":"shows","GlobalSecondaryIndexUpdates":[{"Update":{"IndexName":"by-venue","ProvisionedThroughput":{"ReadCapacityUnits":9,"WriteCapacityUnits":9}}}]}""", "table.json"),
            ("", "UpdateTable", """{"TableName":"shows","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"by-venue"}}]}""", "table.json"),
            ("", "UpdateTable", """{"TableName":"shows","BillingMode":"PAY_PER_REQUEST"}""", "table.json"),
            ("", "UpdateTable", """{"TableName":"shows","TableClass":"STANDARD_INFREQUENT_ACCESS"}""", "table.json"),
            ("", "UpdateTable", """{"TableName":"shows","DeletionProtectionEnabled":false}""", "table.json"),
            ("", "UpdateTable", """{"TableName":"shows","SSESpecification":{"Enabled":true}}""", "table.json"),
            ("", "UpdateTable", """{"TableName":"shows","StreamSpecification":{"StreamEnabled":false}}""", "table.json"),
            ("", "UpdateTimeToLive", """{"TableName":"shows","TimeToLiveSpecification":{"Enabled":false,"AttributeName":"GoneAt"}}""", "time-to-live.json"),
            ("", "UpdateContinuousBackups", """{"TableName":"shows","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true,"RecoveryPeriodInDays":3}}""", "continuous-backups.json"),
            ("", "TagResource", $$"""{"ResourceArn":"{{Arn}}","Tags":[{"Key":"owner","Value":"nobody"},{"Key":"new","Value":"1"}]}""", "tags.json"),
            ("", "DeleteResourcePolicy", $$"""{"ResourceArn":"{{Arn}}"}""", "resource-policy.json"),
            ("", "EnableKinesisStreamingDestination", $$"""{"TableName":"shows","StreamArn":"arn:aws:kinesis:{{Region}}:{{Account}}:stream/other"}""", "kinesis-destinations.json"),
            ("", "DisableKinesisStreamingDestination", $$"""{"TableName":"shows","StreamArn":"arn:aws:kinesis:{{Region}}:{{Account}}:stream/changes"}""", "kinesis-destinations.json"),
            ("", "UpdateContributorInsights", """{"TableName":"shows","ContributorInsightsAction":"DISABLE"}""", "contributor-insights.json"),
            ("", "UpdateContributorInsights", """{"TableName":"shows","IndexName":"by-venue","ContributorInsightsAction":"ENABLE"}""", "contributor-insights.json"),
            ("scaling", "RegisterScalableTarget", """{"ServiceNamespace":"dynamodb","ResourceId":"table/shows","ScalableDimension":"dynamodb:table:ReadCapacityUnits","MinCapacity":9,"MaxCapacity":90}""", "auto-scaling.json"),
            ("scaling", "DeregisterScalableTarget", """{"ServiceNamespace":"dynamodb","ResourceId":"table/shows","ScalableDimension":"dynamodb:table:ReadCapacityUnits"}""", "auto-scaling.json"),
        ];
        foreach (var (service, operation, body, document) in changes)
        {
            await (service.Length == 0 ? DynamoAsync(source, operation, body) : ScalingAsync(source, operation, body));
            var step = Assert.Single(await PlanAsync(source, snapshot), step => step.Action != RestoreAction.Skip);
            Assert.True((RestoreAction.Update, document) == (step.Action, step.Changes.Select(change => change.Document).Distinct().Single()), $"{operation} {body}: {step} {step.Reason}");
            var results = await RestoreAsync(source, snapshot);
            Assert.All(results, IsDone);
            var left = string.Join('\n', ToDo(await PlanAsync(source, snapshot)));
            Assert.True(left.Length == 0, $"{operation} {body}: {left}");
        }
    }

    [Fact]
    public async Task Items_go_into_a_table_that_is_empty_and_over_others_only_where_that_is_asked_for()
    {
        await using var source = await SourceAsync();
        var snapshot = await CaptureAsync(source, true, "dynamodb");
        await DynamoAsync(source, "PutItem", """{"TableName":"shows","Item":{"Id":{"S":"1"},"At":{"N":"1"},"Venue":{"S":"changed"}}}""");
        await HasNothingToDoAsync(source, snapshot);
        var step = Assert.Single(await PlanAsync(source, snapshot, null, Overwriting), step => step.Part == "items");
        Assert.Equal((RestoreAction.Update, 3), (step.Action, step.Count));
        Assert.Equal(3, Assert.Single(await RestoreAsync(source, snapshot, null, Overwriting)).Count);
        Assert.Equal("pier", (string?)(await DynamoAsync(source, "GetItem", """{"TableName":"shows","Key":{"Id":{"S":"1"},"At":{"N":"1"}}}"""))["Item"]!["Venue"]!["S"]);

        static Engine.Recovery.RestoreTarget Overwriting(Engine.Recovery.RestoreTarget target) => target with { OverwriteContent = true };
    }

    [Fact]
    public async Task A_key_that_is_not_in_the_account_gives_way_to_DynamoDBs_own()
    {
        await using var source = await SourceAsync();
        await DynamoAsync(source, "UpdateTable", $$$"""{"TableName":"shows","SSESpecification":{"Enabled":true,"SSEType":"KMS","KMSMasterKeyId":"arn:aws:kms:{{{Region}}}:{{{Account}}}:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}""");
        var snapshot = await CaptureAsync(source, false, "dynamodb");
        await using var target = await StartAsync(OtherAccount);
        target.Host.Faults.Add(new Fault { Kind = FaultKind.Error, Service = "dynamodb", Operation = "CreateTable", Times = 1, Status = 400, Code = "ValidationException", Message = "KMS key does not exist" });
        await RestoreWhollyAsync(target, snapshot);
        Assert.EndsWith("key/aws-dynamodb", (string?)(await DynamoAsync(target, "DescribeTable", """{"TableName":"shows"}"""))["Table"]!["SSEDescription"]!["KMSMasterKeyArn"], StringComparison.Ordinal);
    }

    private static Task<JsonObject> DynamoAsync(RunningSandbox sandbox, string operation, string body) => CallAsync(sandbox, "dynamodb", "POST", "/", body, KeyValuePair.Create("X-Amz-Target", "DynamoDB_20120810." + operation));

    private static Task<JsonObject> ScalingAsync(RunningSandbox sandbox, string operation, string body) =>
        CallAsync(sandbox, "application-autoscaling", "POST", "/", body, KeyValuePair.Create("X-Amz-Target", "AnyScaleFrontendService." + operation));

    private static async Task<RunningSandbox> SourceAsync()
    {
        var sandbox = await StartAsync();
        await DynamoAsync(sandbox, "CreateTable", """
            {"TableName":"shows","AttributeDefinitions":[{"AttributeName":"Id","AttributeType":"S"},{"AttributeName":"At","AttributeType":"N"},{"AttributeName":"Venue","AttributeType":"S"}],
            "KeySchema":[{"AttributeName":"Id","KeyType":"HASH"},{"AttributeName":"At","KeyType":"RANGE"}],"ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5},
            "GlobalSecondaryIndexes":[{"IndexName":"by-venue","KeySchema":[{"AttributeName":"Venue","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"},"ProvisionedThroughput":{"ReadCapacityUnits":2,"WriteCapacityUnits":2}}],
            "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"},"DeletionProtectionEnabled":true,"Tags":[{"Key":"owner","Value":"crew"}]}
            """);
        foreach (var id in (string[])["1", "2", "3"]) await DynamoAsync(sandbox, "PutItem", $$$$"""{"TableName":"shows","Item":{"Id":{"S":"{{{{id}}}}"},"At":{"N":"{{{{id}}}}"},"Venue":{"S":"pier"}}}""");
        await DynamoAsync(sandbox, "UpdateTimeToLive", """{"TableName":"shows","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"GoneAt"}}""");
        await DynamoAsync(sandbox, "UpdateContinuousBackups", """{"TableName":"shows","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true,"RecoveryPeriodInDays":7}}""");
        await DynamoAsync(sandbox, "PutResourcePolicy", $$$$"""{"ResourceArn":"{{{{Arn}}}}","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::{{{{Account}}}}:root\"},\"Action\":\"dynamodb:GetItem\",\"Resource\":\"{{{{Arn}}}}\"}]}"}""");
        await DynamoAsync(sandbox, "EnableKinesisStreamingDestination", $$"""{"TableName":"shows","StreamArn":"arn:aws:kinesis:{{Region}}:{{Account}}:stream/changes"}""");
        await DynamoAsync(sandbox, "UpdateContributorInsights", """{"TableName":"shows","ContributorInsightsAction":"ENABLE"}""");
        const string Scaled = "\"ServiceNamespace\":\"dynamodb\",\"ResourceId\":\"table/shows\",\"ScalableDimension\":\"dynamodb:table:ReadCapacityUnits\"";
        await ScalingAsync(sandbox, "RegisterScalableTarget", $$"""{{{Scaled}},"MinCapacity":5,"MaxCapacity":50}""");
        await ScalingAsync(sandbox, "PutScalingPolicy", $$$$"""{{{{{Scaled}}}},"PolicyName":"half","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{"TargetValue":50.0,"PredefinedMetricSpecification":{"PredefinedMetricType":"DynamoDBReadCapacityUtilization"}}}""");
        await ScalingAsync(sandbox, "PutScheduledAction", $$$$"""{{{{{Scaled}}}},"ScheduledActionName":"evening","Schedule":"cron(0 1 * * ? *)","ScalableTargetAction":{"MinCapacity":20}}""");
        return sandbox;
    }
}
