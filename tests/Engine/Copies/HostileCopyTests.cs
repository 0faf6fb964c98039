using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Sync;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Copies;

public sealed class HostileCopyTests
{
    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/x")]
    [InlineData("a/../../x")]
    [InlineData("snapshot.json")]
    [InlineData("a\\u0000b")]
    [InlineData(".tmp/x")]
    public async Task A_path_that_no_snapshot_holds_is_refused_before_anything_is_written(string path)
    {
        await using var test = await CopyTest.StartAsync();
        var snapshot = await test.CaptureAsync("v1.0", "a");
        await test.CopyAsync(snapshot, CopyTest.Offsite);
        var manifest = (await File.ReadAllTextAsync(Path.Combine(snapshot.Path, "manifest.jsonl"), SyncTest.Cancel)).Replace("\"s3-buckets/site/a\"", $"\"{path}\"", StringComparison.Ordinal);
        await test.PutAsync("copies/v1.0/manifest.jsonl", manifest);
        var description = await File.ReadAllTextAsync(Path.Combine(snapshot.Path, "snapshot.json"), SyncTest.Cancel);
        await test.PutAsync("copies/v1.0/snapshot.json", description.Replace(snapshot.ManifestSha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest))), StringComparison.Ordinal));

        var refusal = await Assert.ThrowsAsync<StoreException>(async () => await test.CopyAsync(await test.RemoteAsync("v1.0"), test.Back));
        Assert.Equal(StoreFault.Damaged, refusal.Fault);
        Assert.Contains("its path is none that a snapshot holds", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(test.Back));
    }

    [Theory]
    [InlineData("v1.0 A")]
    [InlineData("v1.0 a and a lot more")]
    [InlineData("v1")]
    public async Task An_object_with_other_bytes_never_gets_a_name_of_the_snapshot(string content)
    {
        await using var test = await CopyTest.StartAsync();
        await test.CopyAsync(await test.CaptureAsync("v1.0", "a", "b"), CopyTest.Offsite);
        await test.PutAsync("copies/v1.0/s3-buckets/site/a", content);
        var result = await test.CopyAsync(await test.RemoteAsync("v1.0"), test.Back);
        Assert.Equal((SnapshotStatus.Unfinished, "s3-buckets/site/a"), (result.Status, Assert.Single(test.Problems).Resource));
        Assert.Equal(SnapshotStatus.Unfinished, Assert.Single(SnapshotReader.List(test.Back)).Status);
        Assert.Equal(["b"], Directory.EnumerateFiles(Path.Combine(test.Back, ".partial-v1.0/s3-buckets/site")).Select(Path.GetFileName));
    }
}
