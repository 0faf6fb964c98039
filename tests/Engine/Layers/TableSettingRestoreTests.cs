using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>Tables come back with their settings and their items.</summary>
public sealed class TableSettingRestoreTests : CalledRestoreTest
{
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
        foreach (var change in TableWorld.Changes(source.Host))
        {
            await change.MakeAsync();
            var step = Assert.Single(await PlanAsync(source, snapshot), step => step.Action != RestoreAction.Skip);
            Assert.True((RestoreAction.Update, change.Document) == (step.Action, step.Changes.Select(seen => seen.Document).Distinct().Single()), $"{change.Call}: {step} {step.Reason}");
            var results = await RestoreAsync(source, snapshot);
            Assert.All(results, IsDone);
            var left = string.Join('\n', ToDo(await PlanAsync(source, snapshot)));
            Assert.True(left.Length == 0, $"{change.Call}: {left}");
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

    private static Task<JsonObject> DynamoAsync(RunningSandbox sandbox, string operation, string body) => TableWorld.DynamoAsync(sandbox.Host, operation, body);

    private static async Task<RunningSandbox> SourceAsync()
    {
        var sandbox = await StartAsync();
        await TableWorld.MakeAsync(sandbox.Host);
        return sandbox;
    }
}
