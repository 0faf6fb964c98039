using JadaSnapshot.Sandbox.Estate;
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
