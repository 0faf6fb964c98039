using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Transfer;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Services.S3;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sync;

public sealed class KilledSyncTests
{
    private const int Kills = 12;

    private static readonly SyntheticBucket Bucket = new() { Name = "many", Count = 3_000, Size = 5_000 };

    [Fact]
    public async Task A_sync_that_is_killed_at_any_moment_fetches_nothing_again_that_it_had_completed()
    {
        var cancel = TestContext.Current.CancellationToken;
        var victim = new Victim();
        await using var host = await SandboxHost.StartAsync(
            new() { Estate = SandboxEstate.Empty, Budgets = false, Latency = TimeSpan.FromMilliseconds(2), SyntheticBuckets = [Bucket], OnAnswer = (_, request, _) => { if (request.Operation == "GetObject") victim.OnAnswer(); } }, cancel);
        using var store = new TemporaryStore();
        var copies = new CopiesOnDisk(store.Path, Bucket.Name);
        var random = new Random(20260102);
        HashSet<string> completed = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            host.Requests.Clear();
            // Together fewer than there are objects, so that each comes in the midst of the work.
            Assert.True(await victim.KillAtAsync(random.Next(1, (int)Bucket.Count / Kills), () => Victim.Start(host, "sync", store.Path, Bucket.Name), cancel));

            // What the dead process had sent may still be answered.
            await Task.Delay(100, cancel);
            Assert.Empty(Fetched(host).Intersect(completed));
            completed = copies.Completed();
            Assert.True(copies.CountRightFiles(ContentOf) >= completed.Count);
        }

        Assert.NotEmpty(completed);
        host.Requests.Clear();
        using var last = Victim.Start(host, "sync", store.Path, Bucket.Name);
        Assert.Equal("started", await last.StandardOutput.ReadLineAsync(cancel));
        Assert.Equal($"{Bucket.Count - completed.Count} {completed.Count} 0", await last.StandardOutput.ReadLineAsync(cancel));
        Assert.Empty(Fetched(host).Intersect(completed));
        Assert.Equal(Bucket.Count, copies.Completed().Count);
        Assert.Equal(Bucket.Count, copies.CountRightFiles(ContentOf));
    }

    private static byte[] ContentOf(string key) => SyntheticContent.Of(Bucket, key);

    private static IEnumerable<string> Fetched(SandboxHost host) =>
        host.Requests.Entries.Where(request => request.Operation == "GetObject").Select(request => request.Target[$"/{Bucket.Name}/".Length..]);
}
