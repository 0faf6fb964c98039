using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Permissions;
using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>Tables come back from exports in S3, by DynamoDB's own import.</summary>
public sealed class TableImportTests : CalledRestoreTest
{
    [Fact]
    public async Task A_table_comes_back_from_its_export_with_all_that_hangs_on_it()
    {
        await using var sandbox = await SourceAsync();
        var (snapshot, export) = await ExportAsync(sandbox);
        await DeleteAsync(sandbox);
        sandbox.Host.Requests.Clear();
        List<RestoreWait> waits = [];

        var step = Assert.Single(await PlanAsync(sandbox, snapshot, null, From(export)), step => step.Phase == RestorePhase.Tables && step.Action == RestoreAction.Create);
        Assert.Contains($"DynamoDB imports it with 3 items from {export}", step.Reason);
        await RestoreWhollyAsync(sandbox, snapshot, target => From(export)(target) with { OnWait = waits.Add });

        Assert.Equal(3, (long)(await DynamoAsync(sandbox, "Scan", """{"TableName":"shows"}"""))["Count"]!);
        Assert.Equal((1, 0, 0), (Count(sandbox, "ImportTable"), Count(sandbox, "CreateTable"), Count(sandbox, "BatchWriteItem")));
        Assert.Contains(":table/shows/import/", waits[0].Command);
        Assert.Equal((3L, 3L), (waits[^1].Done, waits[^1].Total));
    }

    [Fact]
    public async Task A_table_that_is_there_stays_as_it_is_and_another_name_takes_the_export()
    {
        await using var sandbox = await SourceAsync();
        var (snapshot, export) = await ExportAsync(sandbox);
        var step = Assert.Single(await PlanAsync(sandbox, snapshot, null, From(export)), step => step.Action != RestoreAction.Skip);
        Assert.Equal((RestoreAction.Cannot, "items"), (step.Action, step.Part));
        Assert.Contains("into new tables alone", step.Reason);

        AssertDone((await RestoreAsync(sandbox, snapshot, null, target => From(export)(target) with { NamePrefix = "drill-" })).Where(result => result.Step.Part is null));
        Assert.Equal(3, (long)(await DynamoAsync(sandbox, "Scan", """{"TableName":"drill-shows"}"""))["Count"]!);
    }

    [Fact]
    public async Task An_import_that_is_no_longer_waited_for_goes_on_and_the_next_run_sees_it_through()
    {
        await using var sandbox = await SourceAsync();
        var (snapshot, export) = await ExportAsync(sandbox);
        await DeleteAsync(sandbox);
        var first = await RestoreAsync(sandbox, snapshot, Tables, target => From(export)(target) with { Patience = TimeSpan.FromTicks(1) });
        var failed = Assert.Single(first, result => result.Status == RestoreStatus.Failed);
        Assert.Contains("It goes on: aws dynamodb describe-import --import-arn arn:aws:dynamodb:", Assert.Single(failed.Notes));

        await RestoreWhollyAsync(sandbox, snapshot, From(export));
        Assert.Equal((1, 0), (Count(sandbox, "ImportTable"), Count(sandbox, "BatchWriteItem")));
        Assert.Equal(3, (long)(await DynamoAsync(sandbox, "Scan", """{"TableName":"shows"}"""))["Count"]!);
    }

    [Fact]
    public async Task Items_that_the_import_refused_are_told_by_their_number()
    {
        await using var sandbox = await SourceAsync();
        var (snapshot, export) = await ExportAsync(sandbox);
        await DeleteAsync(sandbox);
        var key = (await SendAsync(sandbox.Host, "s3", "GET", $"/exports?list-type=2&prefix={Uri.EscapeDataString(export.DataPrefix)}"))!.Descendants().First(element => element.Name.LocalName == "Key").Value;
        await sandbox.Client.SendAsync("PUT", $"/exports/{key}", Compressed("""{"Item":{"Id":{"S":"1"},"At":{"N":"1"}}}""" + "\n" + """{"Item":{"Id":{"S":"2"}}}""" + "\n"));

        var results = await RestoreAsync(sandbox, snapshot, Tables, From(export));

        var failed = Assert.Single(results, result => result.Status == RestoreStatus.Failed);
        Assert.Contains("imported 1 of the 3 items", failed.Notes[0]);
        Assert.Contains("refused 1", failed.Notes[0]);
        var step = Assert.Single(await PlanAsync(sandbox, snapshot, Tables, From(export)), step => step.Action != RestoreAction.Skip);
        Assert.Equal((RestoreAction.Cannot, failed.Notes[0]), (step.Action, step.Reason));
        Assert.True((bool)(await DynamoAsync(sandbox, "DescribeTable", """{"TableName":"shows"}"""))["Table"]!["DeletionProtectionEnabled"]!);
    }

    [Fact]
    public async Task A_table_whose_export_holds_no_item_is_made_empty()
    {
        await using var sandbox = await StartAsync();
        await DynamoAsync(sandbox, "CreateTable", """{"TableName":"shows","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"Id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"Id","KeyType":"HASH"}]}""");
        await DynamoAsync(sandbox, "UpdateContinuousBackups", """{"TableName":"shows","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true}}""");
        var (snapshot, export) = await ExportAsync(sandbox);
        await DynamoAsync(sandbox, "DeleteTable", """{"TableName":"shows"}""");

        await RestoreWhollyAsync(sandbox, snapshot, From(export));

        Assert.Equal((0, 1), (Count(sandbox, "ImportTable"), Count(sandbox, "CreateTable")));
    }

    [Fact]
    public async Task An_import_that_fails_says_why()
    {
        await using var sandbox = await SourceAsync();
        var (snapshot, export) = await ExportAsync(sandbox);
        await DeleteAsync(sandbox);
        sandbox.Host.Faults.Add(Fault.Parse("service=dynamodb,operation=RunImport,kind=error,code=AccessDenied,message=Access Denied"));

        var results = await RestoreAsync(sandbox, snapshot, Tables, From(export));

        Assert.Contains("Access Denied (arn:aws:dynamodb:", Assert.Single(Assert.Single(results, result => result.Status == RestoreStatus.Failed).Notes));
    }

    [Fact]
    public async Task A_table_with_local_indexes_cannot_be_imported()
    {
        await using var sandbox = await StartAsync();
        await DynamoAsync(sandbox, "CreateTable", """
            {"TableName":"shows","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"Id","AttributeType":"S"},{"AttributeName":"At","AttributeType":"N"},{"AttributeName":"Venue","AttributeType":"S"}],
            "KeySchema":[{"AttributeName":"Id","KeyType":"HASH"},{"AttributeName":"At","KeyType":"RANGE"}],
            "LocalSecondaryIndexes":[{"IndexName":"by-venue","KeySchema":[{"AttributeName":"Id","KeyType":"HASH"},{"AttributeName":"Venue","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}]}
            """);
        await DynamoAsync(sandbox, "UpdateContinuousBackups", """{"TableName":"shows","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true}}""");
        var (snapshot, export) = await ExportAsync(sandbox);
        await DynamoAsync(sandbox, "DeleteTable", """{"TableName":"shows"}""");

        var step = Assert.Single(await PlanAsync(sandbox, snapshot, null, From(export)));

        Assert.Equal(RestoreAction.Cannot, step.Action);
        Assert.Contains("local indexes", step.Reason);
    }

    [Theory]
    [InlineData("exports/shows", StoreFault.InvalidName)]
    [InlineData("s3://exports/nothing/here", StoreFault.IncompleteSource)]
    [InlineData("s3://exports/changes", StoreFault.IncompleteSource)]
    [InlineData("s3://exports/odd", StoreFault.Damaged)]
    public async Task What_is_no_full_export_is_refused(string address, StoreFault fault)
    {
        await using var sandbox = await StartAsync();
        await SendAsync(sandbox.Host, "s3", "PUT", "/exports");
        await SendAsync(sandbox.Host, "s3", "PUT", "/exports/changes/manifest-summary.json", $$"""{"tableArn":"arn:aws:dynamodb:{{Region}}:{{Account}}:table/shows","itemCount":1,"exportType":"INCREMENTAL_EXPORT"}""");
        await SendAsync(sandbox.Host, "s3", "PUT", "/exports/odd/manifest-summary.json", """{"tableArn":"shows"}""");
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox.Host));

        Assert.Equal(fault, (await Assert.ThrowsAsync<StoreException>(() => TableExportSource.ReadAsync(connection, address, Cancel))).Fault);
    }

    [Fact]
    public async Task Export_and_import_need_what_scale_md_says()
    {
        await using var sandbox = await SourceAsync();
        var snapshot = await CaptureAsync(sandbox, false, "dynamodb");
        DocumentedPolicy exporting = new(sandbox.Host, "scale.md", "Exporting", ("jada-exports", "exports"), ("tables/", "made/"), ("us-west-2", Region), ("111122223333", Account));
        using var exporter = exporting.Open();
        await SendAsync(sandbox.Host, "s3", "PUT", "/exports");
        var address = await MakeExportAsync(exporter);
        exporting.RequireUsed();
        await DeleteAsync(sandbox);

        DocumentedPolicy importing = new(sandbox.Host, "scale.md", "Importing", ("jada-exports", "exports"), ("tables/", "made/"), ("us-west-2", Region), ("111122223333", Account));
        using var importer = importing.Open();
        var export = await TableExportSource.ReadAsync(importer, address, Cancel);
        // It is not waited for at first: the next run finds it.
        await RestoreAsync(sandbox, snapshot, Tables, target => From(export)(target) with { Connection = importer, Patience = TimeSpan.FromTicks(1) });
        AssertDone(await RestoreAsync(sandbox, snapshot, Tables, target => From(export)(target) with { Connection = importer }));
        importing.RequireUsed();
    }

    private static RestoreSelection Tables { get; } = new(["dynamodb"], table => table.Name == "shows");

    private static Func<RestoreTarget, RestoreTarget> From(TableExportSource export) => target => target with { FromExport = export };

    private async Task<(Snapshot Snapshot, TableExportSource Export)> ExportAsync(RunningSandbox sandbox)
    {
        var snapshot = await CaptureAsync(sandbox, true, "dynamodb");
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox.Host));
        if (await SendAsync(sandbox.Host, "s3", "PUT", "/exports") is { Name.LocalName: "Error" } error) Assert.Fail($"{error}");
        return (snapshot, await TableExportSource.ReadAsync(connection, await MakeExportAsync(connection), Cancel));
    }

    private async Task<string> MakeExportAsync(AwsConnection connection)
    {
        var export = Assert.Single(await new TableExporter(connection).ExportAsync(new() { Bucket = "exports", Prefix = "made" }, table => ValueTask.FromResult(table.Name == "shows"), Problems.Enqueue, Cancel).ToListAsync(Cancel));
        Assert.Empty(Problems);
        return export.S3Uri!;
    }

    private static async Task DeleteAsync(RunningSandbox sandbox)
    {
        await DynamoAsync(sandbox, "UpdateTable", """{"TableName":"shows","DeletionProtectionEnabled":false}""");
        await DynamoAsync(sandbox, "DeleteTable", """{"TableName":"shows"}""");
        await TableWorld.ScalingAsync(sandbox.Host, "DeregisterScalableTarget", """{"ServiceNamespace":"dynamodb","ResourceId":"table/shows","ScalableDimension":"dynamodb:table:ReadCapacityUnits"}""");
    }

    private static byte[] Compressed(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return buffer.ToArray();
    }

    private static long Count(RunningSandbox sandbox, string operation) => sandbox.Host.Requests.Count("dynamodb", operation);

    private static Task<JsonObject> DynamoAsync(RunningSandbox sandbox, string operation, string body) => TableWorld.DynamoAsync(sandbox.Host, operation, body);

    private static async Task<RunningSandbox> SourceAsync()
    {
        var sandbox = await StartAsync();
        await TableWorld.MakeAsync(sandbox.Host);
        return sandbox;
    }
}
