using System.IO.Compression;
using System.Text.Json;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class TableExporterTests(EstateFixture estate) : LayerTest, IClassFixture<EstateFixture>
{
    [Fact]
    public async Task DynamoDB_exports_a_table_to_a_bucket_and_the_manifest_is_where_the_record_says()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var export = Assert.Single(await ExportAsync(connection, new() { Bucket = "jada-dashboard", Prefix = "tables" }, "jada-bookings"));

        Assert.Empty(Problems);
        Assert.Equal(("COMPLETED", "jada-dashboard", 30L), (export.Status, export.Bucket, export.ItemCount));
        Assert.StartsWith("tables/AWSDynamoDB/", export.ManifestKey, StringComparison.Ordinal);
        var summary = JsonElement.Parse(await ReadAsync(connection, export.ManifestKey!));
        Assert.Equal(export.ExportArn, summary.Text("exportArn"));
        var items = 0;
        foreach (var line in (await ReadAsync(connection, summary.Text("manifestFilesS3Key")!)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            items += (await ReadAsync(connection, JsonElement.Parse(line).Text("dataFileS3Key")!)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.Equal(30, items);
    }

    [Fact]
    public async Task A_table_without_point_in_time_recovery_is_a_problem_and_the_others_are_exported()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var exports = await ExportAsync(connection, new() { Bucket = "jada-dashboard" }, "jada-boats", "jada-tickets");

        Assert.Equal(["jada-tickets"], exports.Select(export => export.TableName));
        Assert.Equal("PointInTimeRecoveryUnavailableException", Assert.Single(Problems).ErrorCode);
    }

    [Fact]
    public async Task An_export_that_fails_says_why()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var export = Assert.Single(await ExportAsync(connection, new() { Bucket = "there-is-no-such-bucket" }, "jada-waivers"));

        Assert.Equal("FAILED", export.Status);
        Assert.Equal("S3NoSuchBucket", Assert.Single(Problems).ErrorCode);
    }

    [Fact]
    public async Task An_export_that_is_not_waited_for_long_enough_is_handed_on_as_it_is()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var export = Assert.Single(await ExportAsync(connection, new() { Bucket = "jada-dashboard", Patience = TimeSpan.FromTicks(1) }, "jada-customers"));

        Assert.Equal("IN_PROGRESS", export.Status);
        Assert.Equal("TimedOut", Assert.Single(Problems).ErrorCode);
    }

    [Fact]
    public async Task Not_waiting_at_all_is_no_problem()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var export = Assert.Single(await ExportAsync(connection, new() { Bucket = "jada-dashboard", Patience = TimeSpan.Zero, ExportTime = DateTimeOffset.UtcNow.AddDays(-1) }, "jada-gift-certificates"));

        Assert.Empty(Problems);
        Assert.Equal("IN_PROGRESS", export.Status);
        Assert.InRange(export.ExportTime!.Value, DateTimeOffset.UtcNow.AddDays(-1.1), DateTimeOffset.UtcNow.AddDays(-0.9));
    }

    private async Task<List<TableExport>> ExportAsync(AwsConnection connection, TableExportOrder order, params string[] tables) =>
        await new TableExporter(connection).ExportAsync(order, table => ValueTask.FromResult(tables.Contains(table.Name)), Problems.Enqueue, Cancel).ToListAsync(Cancel);

    private async Task<string> ReadAsync(AwsConnection connection, string key)
    {
        var s3 = new AwsService { ServiceId = "S3", SigningName = "s3", EndpointPrefix = "s3", Protocol = WireProtocol.RestXml };
        var body = (await connection.Wire(s3, estate.Host.Region).SendAsync(new() { Operation = "GetObject", Method = "GET", Path = $"/jada-dashboard/{key}" }, Cancel)).Body;
        if (!key.EndsWith(".gz", StringComparison.Ordinal)) return System.Text.Encoding.UTF8.GetString(body);
        using var reader = new StreamReader(new GZipStream(new MemoryStream(body), CompressionMode.Decompress));
        return await reader.ReadToEndAsync(Cancel);
    }
}
