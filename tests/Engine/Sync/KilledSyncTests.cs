using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Transfer;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Services.S3;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sync;

public sealed class KilledSyncTests
{
    private const int Kills = 8;

    private static readonly SyntheticBucket Bucket = new() { Name = "many", Count = 6_000, Size = 5_000 };

    [Fact]
    public async Task A_sync_that_is_killed_at_any_moment_fetches_nothing_again_that_it_had_completed()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var host = await SandboxHost.StartAsync(new() { Estate = SandboxEstate.Empty, Budgets = false, Latency = TimeSpan.FromMilliseconds(2), SyntheticBuckets = [Bucket] }, cancel);
        using var store = new TemporaryStore();
        var copies = new CopiesOnDisk(store.Path, Bucket.Name);
        var random = new Random(20260102);
        var (interrupted, fetchedBefore) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            var completed = copies.Completed();
            host.Requests.Clear();
            using var victim = Victim.Start(host, "sync", store.Path, Bucket.Name);
            Assert.Equal("started", await victim.StandardOutput.ReadLineAsync(cancel));
            for (var moment = random.Next(900); host.Requests.Count("s3", "GetObject") < moment && !victim.HasExited;) await Task.Delay(1, cancel);
            victim.Kill();
            await victim.WaitForExitAsync(cancel);
            if (copies.Completed().Count is > 0 and < 6_000) interrupted++;

            // What the dead process had sent may still be answered.
            await Task.Delay(100, cancel);
            Assert.Empty(Fetched(host).Intersect(completed));
            Assert.True(copies.CountRightFiles(ContentOf) >= copies.Completed().Count);
            fetchedBefore = Math.Max(fetchedBefore, completed.Count);
        }
        Assert.True(interrupted >= 2 && fetchedBefore > 0, $"Only {interrupted} of {Kills} kills came in the midst of the work: the test has to be slower or faster.");

        var before = copies.Completed();
        host.Requests.Clear();
        using var last = Victim.Start(host, "sync", store.Path, Bucket.Name);
        Assert.Equal("started", await last.StandardOutput.ReadLineAsync(cancel));
        Assert.Equal($"{Bucket.Count - before.Count} {before.Count} 0", await last.StandardOutput.ReadLineAsync(cancel));
        Assert.Empty(Fetched(host).Intersect(before));
        Assert.Equal(Bucket.Count, copies.Completed().Count);
        Assert.Equal(Bucket.Count, copies.CountRightFiles(ContentOf));
    }

    private static byte[] ContentOf(string key) => SyntheticContent.Of(Bucket, key);

    private static IEnumerable<string> Fetched(SandboxHost host) =>
        host.Requests.Entries.Where(request => request.Operation == "GetObject").Select(request => request.Target[$"/{Bucket.Name}/".Length..]);
}
