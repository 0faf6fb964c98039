using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sync;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Copies;

public sealed class KilledCopyTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 60).Select(number => $"k{number:00}")];

    [Fact]
    public async Task A_copy_that_is_killed_at_any_moment_never_shows_as_whole_and_the_next_one_sends_nothing_twice()
    {
        var victim = new Victim();
        List<string> written = [];
        await using var test = await CopyTest.StartAsync((_, request, answer) =>
        {
            if (request.Operation != "PutObject" || !request.RawPath.StartsWith("/offsite/", StringComparison.Ordinal)) return;
            if (answer.Status == 200) lock (written) written.Add(request.RawPath);
            victim.OnAnswer();
        });
        var snapshot = await test.CaptureAsync("v1.0", Keys);
        var all = (int)snapshot.FileCount + 3;
        // The last one comes when there is nothing left to send but snapshot.json.
        foreach (var moment in (Func<int, int>[])[_ => 1, _ => 15, left => left - 1])
        {
            Assert.True(await victim.KillAtAsync(moment(all - written.Count), () => Victim.Start(test.Test.Host, "copy", snapshot.Path, CopyTest.Offsite), SyncTest.Cancel));
            // What the dead process had sent may still be answered.
            await Task.Delay(100, SyncTest.Cancel);
            Assert.Equal(SnapshotStatus.Unfinished, Assert.Single(await RemoteStore.ListAsync(test.Test.Connection, CopyTest.Offsite, SyncTest.Cancel).ToListAsync(SyncTest.Cancel)).Status);
        }
        var last = await test.CopyAsync(snapshot, CopyTest.Offsite);
        Assert.Equal((SnapshotStatus.Complete, 1, all - 1), (last.Status, last.CopiedCount, last.UnchangedCount));
        Assert.Equal((all, all), (written.Count, written.Distinct().Count()));
    }

    [Fact]
    public async Task What_was_fetched_before_a_kill_is_not_fetched_again()
    {
        var victim = new Victim();
        await using var test = await CopyTest.StartAsync((_, request, _) =>
        {
            if (request.Operation == "GetObject" && request.RawPath.Contains("/s3-buckets/", StringComparison.Ordinal)) victim.OnAnswer();
        });
        var snapshot = await test.CaptureAsync("v1.0", Keys);
        await test.CopyAsync(snapshot, CopyTest.Offsite);
        Assert.True(await victim.KillAtAsync(50, () => Victim.Start(test.Test.Host, "copy", $"{CopyTest.Offsite}/v1.0", test.Back), SyncTest.Cancel));
        Assert.Equal(SnapshotStatus.Unfinished, Assert.Single(SnapshotReader.List(test.Back)).Status);

        var remote = await test.RemoteAsync("v1.0");
        // What the dead process had asked for may still be answered.
        await Task.Delay(200, SyncTest.Cancel);
        var rest = await test.CopyAsync(remote, test.Back);
        Assert.InRange(rest.UnchangedCount, 1, rest.FileCount - 4);
        Assert.Equal((rest.CopiedCount, rest.CopiedCount), (rest.FileCount - rest.UnchangedCount, test.Test.Calls("GetObject")));
        Assert.Equal(CopyTest.Tree(snapshot.Path), CopyTest.Tree(Path.Combine(test.Back, "v1.0")));
    }
}
