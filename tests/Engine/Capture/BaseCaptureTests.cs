using System.Diagnostics;
using System.Globalization;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Transfer;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class BaseCaptureTests(EstateFixture estate) : IClassFixture<EstateFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_snapshot_of_an_unchanged_estate_fetches_no_object_and_no_package_and_takes_almost_no_room()
    {
        using var store = new TemporaryStore();
        var first = await TakeAsync(new() { Store = store.Path, Name = "v1.0" });
        var room = await RoomAsync(store.Path);
        var before = estate.Host.Requests.Counts.ToDictionary();
        var answered = estate.Host.Requests.Entries.Count;

        var second = await TakeAsync(new() { Store = store.Path, Name = "v1.1", Base = "v1.0" });

        Assert.Equal(before[("s3", "GetObject")], estate.Host.Requests.Count("s3", "GetObject"));
        Assert.Equal(before[("s3", "GetObjectTagging")], estate.Host.Requests.Count("s3", "GetObjectTagging"));
        Assert.True(estate.Host.Requests.Count("lambda", "GetFunction") > before[("lambda", "GetFunction")]);
        Assert.DoesNotContain(estate.Host.Requests.Entries.Skip(answered), request => request.Target.StartsWith("/_links/", StringComparison.Ordinal));
        Assert.Equal("v1.0", second.Base);
        // The snapshot's own files name the snapshot and its base.
        Assert.Equal(first.Layers.SkipLast(1), second.Layers.SkipLast(1));
        Assert.Equal(first.FileCount, second.FileCount);
        await AssertWholeAsync(first, second);
        if (room is { } alone)
            Assert.InRange((await RoomAsync(store.Path))!.Value - alone, 0, alone / 2);
    }

    [Fact]
    public async Task Only_the_objects_that_changed_are_fetched()
    {
        await using var sandbox = await SiteAsync();
        using var store = new TemporaryStore();
        await TakeAsync(new() { Store = store.Path, Name = "v1.0" }, sandbox);
        await Task.Delay(1100, Cancel);
        await sandbox.Client.PutAsync("/site/index.html", "second");
        await sandbox.Client.PutAsync("/site/same.css", "same");
        await sandbox.Client.PutAsync("/site/new.html", "new");
        await sandbox.Client.SendAsync("DELETE", "/site/gone.html");
        sandbox.Host.Requests.Clear();

        var second = await TakeAsync(new() { Store = store.Path, Name = "v1.1", Base = "v1.0" }, sandbox);

        Assert.Equal(["/site/index.html", "/site/new.html", "/site/same.css"],
            sandbox.Host.Requests.Entries.Where(request => request.Operation == "GetObject").Select(request => request.Target).Order(StringComparer.Ordinal));
        Assert.Equal("second", await File.ReadAllTextAsync(Path.Combine(second.Path, "s3-buckets/site/index.html"), Cancel));
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(second.Path, "s3-buckets/site/kept/%_"), Cancel));
        Assert.False(File.Exists(Path.Combine(second.Path, "s3-buckets/site/gone.html")));
        await AssertWholeAsync(SnapshotReader.Read(Path.Combine(store.Path, "v1.0")), second);
    }

    [Fact]
    public async Task A_chain_of_snapshots_shares_its_files_and_loses_nothing_with_its_first_ones()
    {
        await using var sandbox = await SiteAsync();
        using var store = new TemporaryStore();
        foreach (var (name, from) in new[] { ("v1.0", null), ("v1.1", "v1.0"), ("v1.2", "v1.1") })
        {
            await TakeAsync(new() { Store = store.Path, Name = name, Base = from }, sandbox);
            if (from is not null) Directory.Delete(Path.Combine(store.Path, from), recursive: true);
        }
        Assert.Equal(4, sandbox.Host.Requests.Count("s3", "GetObject"));
        await AssertWholeAsync(Assert.Single(SnapshotReader.List(store.Path)));
    }

    [Fact]
    public async Task An_object_that_moved_to_another_storage_class_is_not_fetched_and_bears_the_new_class()
    {
        using var store = new TemporaryStore();
        await using (var sandbox = await SiteAsync()) await TakeAsync(new() { Store = store.Path, Name = "v1.0" }, sandbox);
        var listed = await SnapshotReader.ReadManifestAsync(Path.Combine(store.Path, "v1.0")).FirstAsync(entry => entry.Object?.Key == "index.html", Cancel);
        ListedObject moved = new("index.html", listed.Size, listed.Object!.ETag, listed.Object.LastModified, "GLACIER");

        var kept = ObjectCapture.IfUnchanged(listed, moved);

        Assert.Equal("GLACIER", kept?.Object?.StorageClass);
        Assert.Null(ObjectCapture.IfUnchanged(kept!, moved with { StorageClass = "STANDARD" })!.Object!.StorageClass);
        Assert.Null(ObjectCapture.IfUnchanged(listed, moved with { VersionId = "v2" }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_capture_on_a_base_that_is_killed_at_any_moment_is_completed_with_or_without_it(bool withBase)
    {
        using var store = new TemporaryStore();
        var first = await TakeAsync(new() { Store = store.Path, Name = "v1.0" });
        var random = new Random(20261122);
        for (var kill = 0; kill < 4; kill++)
        {
            using var victim = KilledCaptureTests.Start(estate.Host, store.Path, "v1.1", first.Name);
            Assert.Equal("started", await victim.StandardOutput.ReadLineAsync(Cancel));
            await Task.Delay(random.Next(100, 900), Cancel);
            victim.Kill();
            await victim.WaitForExitAsync(Cancel);
            if (Directory.Exists(Path.Combine(store.Path, "v1.1"))) Directory.Delete(Path.Combine(store.Path, "v1.1"), recursive: true);
        }
        var fetched = estate.Host.Requests.Count("s3", "GetObject");
        var second = await TakeAsync(new() { Store = store.Path, Name = "v1.1", Base = withBase ? "v1.0" : null });

        Assert.Equal(first.FileCount, second.FileCount);
        if (withBase) Assert.Equal(fetched, estate.Host.Requests.Count("s3", "GetObject"));
        await AssertWholeAsync(first, second);
    }

    private static async Task<RunningSandbox> SiteAsync()
    {
        var sandbox = await RunningSandbox.StartAsync(new() { Budgets = false });
        await sandbox.Client.PutAsync("/site");
        foreach (var (key, content) in new[] { ("index.html", "first"), ("same.css", "same"), ("gone.html", "gone"), ("kept/", "kept") })
            await sandbox.Client.PutAsync($"/site/{key}", content);
        return sandbox;
    }

    private async Task<Snapshot> TakeAsync(CaptureOrder order, RunningSandbox? sandbox = null)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox?.Host ?? estate.Host));
        return await new CaptureRun(connection, order with { OnWarning = Assert.Fail }).RunAsync(problem => Assert.Fail($"{problem}"), Cancel);
    }

    private static async Task AssertWholeAsync(params Snapshot[] snapshots)
    {
        foreach (var snapshot in snapshots)
            Assert.Equal(VerificationResult.Whole, (await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Result);
    }

    /// <summary>What a folder takes on disk in KiB, each file once however many names it has; null where nothing can tell.</summary>
    private static async Task<long?> RoomAsync(string folder)
    {
        if (OperatingSystem.IsWindows()) return null;
        using var du = Process.Start(new ProcessStartInfo("du", ["-sk", folder]) { RedirectStandardOutput = true })!;
        var said = await du.StandardOutput.ReadToEndAsync(Cancel);
        await du.WaitForExitAsync(Cancel);
        return long.Parse(said.Split('\t')[0], CultureInfo.InvariantCulture);
    }
}
