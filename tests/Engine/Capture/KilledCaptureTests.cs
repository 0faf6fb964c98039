using System.Diagnostics;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class KilledCaptureTests
{
    private const int Kills = 8;

    [Fact]
    public async Task A_capture_that_is_killed_at_any_moment_never_looks_whole_and_the_same_command_completes_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Latency = TimeSpan.FromMilliseconds(2) }, cancel);
        var random = new Random(20260101);
        using var store = new TemporaryStore();
        var (whole, unbroken) = (0, await TimeOfRunAsync(host, store.Path, "unbroken", cancel));
        for (var kill = 0; kill < Kills; kill++)
        {
            using var victim = Start(host, store.Path, "v" + whole);
            Assert.Equal("started", await victim.StandardOutput.ReadLineAsync(cancel));
            await Task.Delay(unbroken * random.NextDouble() * 1.1, cancel);
            victim.Kill();
            await victim.WaitForExitAsync(cancel);

            var snapshot = SnapshotReader.List(store.Path).SingleOrDefault(each => each.Name == "v" + whole);
            if (snapshot is null or { Status: SnapshotStatus.Unfinished }) continue;
            Assert.Equal(SnapshotStatus.Complete, snapshot.Status);
            await AssertWholeAsync(snapshot.Path, cancel);
            whole++;
        }
        await TimeOfRunAsync(host, store.Path, "v" + whole, cancel);
        await AssertWholeAsync(Path.Combine(store.Path, "v" + whole), cancel);
        Assert.Equal(
            SnapshotReader.Read(Path.Combine(store.Path, "unbroken")).FileCount,
            SnapshotReader.Read(Path.Combine(store.Path, "v" + whole)).FileCount);
        Assert.DoesNotContain(Directory.EnumerateDirectories(store.Path), folder => Path.GetFileName(folder).StartsWith(".partial-", StringComparison.Ordinal));
    }

    private static async Task AssertWholeAsync(string folder, CancellationToken cancel)
    {
        var verification = await SnapshotVerifier.VerifyAsync(folder, null, cancel);
        Assert.True(verification.IsWhole, string.Join("\n", verification.Findings.Select(finding => $"{finding}: {finding.Message}")));
    }

    private static async Task<TimeSpan> TimeOfRunAsync(SandboxHost host, string store, string name, CancellationToken cancel)
    {
        using var victim = Start(host, store, name);
        await victim.StandardOutput.ReadLineAsync(cancel);
        var clock = Stopwatch.StartNew();
        Assert.Equal("Complete", await victim.StandardOutput.ReadLineAsync(cancel));
        await victim.WaitForExitAsync(cancel);
        return clock.Elapsed;
    }

    internal static Process Start(SandboxHost host, string store, string name, params string[] @base) => Victim.Start(host, "capture", [store, name, .. @base]);
}
