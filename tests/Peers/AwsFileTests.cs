using System.IO.Compression;
using System.Text.Json;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>The <c>aws s3</c> commands, between a folder and the estate.</summary>
public sealed class AwsFileTests(SandboxFixture fixture) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jada-peers-");

    private string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Sync_brings_a_whole_site()
    {
        await fixture.Aws.TextAsync("s3", "sync", $"s3://{EstateNames.Sail}", Folder, "--only-show-errors");

        var files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories);
        Assert.True(files.Length > 100, $"{files.Length} files");
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(Path.Combine(Folder, "index.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_S3_Inventory_is_found_where_its_configuration_says_and_gunzip_reads_it()
    {
        await using var sandbox = await SandboxHost.StartAsync(
            new() { Budgets = false, Estate = SandboxEstate.Empty, SyntheticBuckets = [new() { Name = "big", Count = 10, Size = 3, Region = "us-west-2", InventoryTo = "reports" }] }, TestContext.Current.CancellationToken);
        var aws = new AwsCli(sandbox);
        var configuration = (await aws.JsonAsync("s3api", "list-bucket-inventory-configurations", "--bucket", "big")).GetProperty("InventoryConfigurationList")[0];
        var destination = configuration.GetProperty("Destination").GetProperty("S3BucketDestination");
        Assert.Equal(("arn:aws:s3:::reports", "CSV"), (destination.GetProperty("Bucket").GetString(), destination.GetProperty("Format").GetString()));

        await aws.TextAsync("s3", "sync", $"s3://reports/{destination.GetProperty("Prefix")}/big/{configuration.GetProperty("Id")}", Folder, "--only-show-errors");
        var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Folder, "manifest.json", SearchOption.AllDirectories)), TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("Bucket, Key, Size, LastModifiedDate, ETag, StorageClass", manifest.GetProperty("fileSchema").GetString());
        List<string> rows = [];
        foreach (var file in manifest.GetProperty("files").EnumerateArray())
        {
            using var text = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Folder, "data", file.GetProperty("key").GetString()!.Split('/')[^1])), CompressionMode.Decompress));
            while (await text.ReadLineAsync(TestContext.Current.CancellationToken) is { } row) rows.Add(row);
        }
        Assert.Equal(10, rows.Count);
        Assert.All(rows, row => Assert.Matches("""^"big","data/00000000\d\.bin","3","\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z","[0-9a-f]{32}","STANDARD"$""", row));
        Assert.NotEqual(rows.Order(StringComparer.Ordinal), rows);
    }

    [Fact]
    public async Task Files_go_up_and_come_down_whole_however_large()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var aws = new AwsCli(sandbox);
        var bucket = "peer-files";
        var large = new byte[9_000_000];
        Random.Shared.NextBytes(large);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "large é+%41.bin"), large, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "small.txt"), "small\n", TestContext.Current.CancellationToken);

        await aws.TextAsync("s3", "mb", $"s3://{bucket}");
        await aws.TextAsync("s3", "cp", Folder, $"s3://{bucket}/up/", "--recursive", "--only-show-errors");
        var listed = await aws.TextAsync("s3", "ls", $"s3://{bucket}/up/");
        await aws.TextAsync("s3", "cp", $"s3://{bucket}/up/large é+%41.bin", Path.Combine(Folder, "back.bin"), "--only-show-errors");
        var head = await aws.JsonAsync("s3api", "head-object", "--bucket", bucket, "--key", "up/large é+%41.bin");
        await aws.TextAsync("s3", "rb", $"s3://{bucket}", "--force");

        Assert.Contains("9000000 large é+%41.bin", listed, StringComparison.Ordinal);
        Assert.EndsWith("-2\"", head.GetProperty("ETag").GetString(), StringComparison.Ordinal);
        Assert.Equal(large, await File.ReadAllBytesAsync(Path.Combine(Folder, "back.bin"), TestContext.Current.CancellationToken));
    }
}
