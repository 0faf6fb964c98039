using System.Diagnostics;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Transfer;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Services.S3;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sync;

public sealed class FullDiskTests
{
    private static readonly SyntheticBucket Bucket = new() { Name = "many", Count = 300, Size = 20_000 };

    [Fact]
    public async Task A_sync_that_runs_out_of_disk_says_so_and_goes_on_once_there_is_room()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var host = await SandboxHost.StartAsync(new() { Estate = SandboxEstate.Empty, Budgets = false, SyntheticBuckets = [Bucket] }, cancel);
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        using var place = new TemporaryStore();
        var disk = Path.Combine(place.Path, "disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk), "No file system can be mounted here.");
        try
        {
            var copies = new CopiesOnDisk(disk, Bucket.Name);
            var failure = await Assert.ThrowsAsync<StoreException>(() => SyncAsync(connection, disk, cancel));
            Assert.Equal(StoreFault.DiskFull, failure.Fault);
            var completed = copies.Completed();
            Assert.InRange(completed.Count, 20, 100);
            Assert.True(copies.CountRightFiles(key => SyntheticContent.Of(Bucket, key)) >= completed.Count);

            Assert.True(await RunAsync("mount", "-o", "remount,size=20m", disk));
            var result = await SyncAsync(connection, disk, cancel);
            Assert.Equal((completed.Count, Bucket.Count - completed.Count, 0), (result.UnchangedCount, result.DownloadedCount, result.ProblemCount));
            Assert.Equal(Bucket.Count, copies.CountRightFiles(key => SyntheticContent.Of(Bucket, key)));
        }
        finally
        {
            Assert.True(await RunAsync("umount", disk));
        }
    }

    private static async Task<BucketSyncResult> SyncAsync(AwsConnection connection, string destination, CancellationToken cancel)
    {
        using var sync = new BucketSync(connection, new() { Destination = destination });
        return await sync.SyncAsync(Bucket.Name, _ => { }, problem => Assert.Fail(problem.ToString()), cancel);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux()) return false;
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
