using System.Diagnostics;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class KilledCaptureTests
{
    private const int Kills = 12;

    [Fact]
    public async Task A_capture_that_is_killed_at_any_moment_never_looks_whole_and_the_same_command_completes_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        var victim = new Victim();
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Latency = TimeSpan.FromMilliseconds(2), OnAnswer = (_, _, _) => victim.OnAnswer() }, cancel);
        var random = new Random(20260101);
        using var store = new TemporaryStore();
        await CompleteAsync(host, store.Path, "unbroken", cancel);
        var calls = (int)host.Requests.Total;
        for (var kill = 0; kill < Kills; kill++)
        {
            // Together fewer than a capture takes, so that each comes in the midst of the work.
            Assert.True(await victim.KillAtAsync(random.Next(1, calls / Kills), () => Start(host, store.Path, "broken"), cancel));
            Assert.True(Find(store.Path) is null or { Status: SnapshotStatus.Unfinished });
        }
        foreach (var written in (string[])["manifest.jsonl", "snapshot.json"]) await KillWhenWrittenAsync(host, store.Path, written, cancel);
        if (Find(store.Path) is not { Status: SnapshotStatus.Complete }) await CompleteAsync(host, store.Path, "broken", cancel);
        await AssertWholeAsync(Path.Combine(store.Path, "broken"), cancel);
        Assert.Equal(
            SnapshotReader.Read(Path.Combine(store.Path, "unbroken")).FileCount,
            SnapshotReader.Read(Path.Combine(store.Path, "broken")).FileCount);
        Assert.DoesNotContain(Directory.EnumerateDirectories(store.Path), folder => Path.GetFileName(folder).StartsWith(".partial-", StringComparison.Ordinal));
    }

    private static Snapshot? Find(string store) => SnapshotReader.List(store).SingleOrDefault(each => each.Name == "broken");

    // All calls have been answered by then.
    private static async Task KillWhenWrittenAsync(SandboxHost host, string store, string file, CancellationToken cancel)
    {
        if (Find(store) is { Status: SnapshotStatus.Complete }) return;
        using var process = Start(host, store, "broken");
        while (!process.HasExited && !File.Exists(Path.Combine(store, ".partial-broken", file))) await Task.Delay(1, cancel);
        process.Kill();
        await process.WaitForExitAsync(cancel);
    }

    private static async Task AssertWholeAsync(string folder, CancellationToken cancel)
    {
        var verification = await SnapshotVerifier.VerifyAsync(folder, null, cancel);
        Assert.True(verification.IsWhole, string.Join("\n", verification.Findings.Select(finding => $"{finding}: {finding.Message}")));
    }

    private static async Task CompleteAsync(SandboxHost host, string store, string name, CancellationToken cancel)
    {
        using var whole = Start(host, store, name);
        Assert.Equal("started\nComplete\n", await whole.StandardOutput.ReadToEndAsync(cancel));
        await whole.WaitForExitAsync(cancel);
    }

    internal static Process Start(SandboxHost host, string store, string name, params string[] @base) => Victim.Start(host, "capture", [store, name, .. @base]);
}
