using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

public sealed class RemovalTests : RemovalTest
{
    [Fact]
    public async Task The_snapshots_that_shared_files_with_it_stay_whole()
    {
        await TakeAsync(Order());
        var second = (await TakeAsync(Next(), changed: "index.html")).Snapshot;
        var third = (await TakeAsync(Next() with { Name = "v1.2", Base = "v1.1" })).Snapshot;

        await RemoveAsync("v1.0");
        await RemoveAsync("v1.1");

        Assert.Equal(["v1.2"], SnapshotReader.List(Store).Select(snapshot => snapshot.Name));
        Assert.False(Directory.Exists(second.Path));
        await AssertWholeAsync(third);
        Assert.Equal([third.Path], Directory.EnumerateFileSystemEntries(Store));
    }

    [Fact]
    public async Task It_frees_what_no_other_snapshot_has_and_the_forecast_knows()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not say how many names a file has.");
        var first = (await TakeAsync(Order())).Snapshot;
        var second = (await TakeAsync(Next(), changed: "index.html")).Snapshot;
        var own = Size(second);
        string[] shared = [.. Directory.EnumerateFiles(first.Path, "*", SearchOption.AllDirectories).Where(file => Path.GetRelativePath(first.Path, file) is var path && IsInBoth(path))];
        Assert.Equal(5, shared.Length);

        var forecast = new RemovalForecast(includeUnknown: false);
        var foreseen = Named("v1.0", "v1.1").Snapshots.Select(removal => forecast.Complete(removal, Cancel).FreedBytes).ToList();
        Assert.Equal([Size(first) - shared.Sum(Length), own], foreseen);

        Assert.Equal(foreseen[0], (await RemoveAsync("v1.0")).FreedBytes);
        Assert.Equal(foreseen[1], (await RemoveAsync("v1.1")).FreedBytes);

        static long Length(string file) => new FileInfo(file).Length;
        static long Size(Snapshot snapshot) => Directory.EnumerateFiles(snapshot.Path, "*", SearchOption.AllDirectories).Sum(Length);
        bool IsInBoth(string path) => File.Exists(Path.Combine(second.Path, path)) && IsShared(first, second, path);
    }

    [Fact]
    public async Task Broken_off_after_any_step_nothing_looks_whole_and_the_next_removal_finishes_it()
    {
        List<string> steps = [];
        await CaptureAsync(Order());
        await new SnapshotRemover { OnStep = steps.Add }.RemoveAsync(Named("v1.0").Snapshots[0], Cancel);
        Assert.Equal(["renamed", "description deleted", "file deleted", "folder deleted"], steps.Distinct());
        for (var step = 0; step < steps.Count; step++)
        {
            await CaptureAsync(Order());
            var countdown = step;
            var remover = new SnapshotRemover { OnStep = _ => { if (countdown-- == 0) throw new PowerCut(); } };
            await Assert.ThrowsAsync<PowerCut>(() => remover.RemoveAsync(Named("v1.0").Snapshots[0], Cancel));

            Assert.Empty(SnapshotReader.List(Store));
            foreach (var left in Directory.EnumerateDirectories(Store))
            {
                Assert.Equal(StoreFault.NotASnapshot, Assert.Throws<StoreException>(() => SnapshotReader.Read(left)).Fault);
                // Even under its old name it does not pass for one that is whole.
                var back = Path.Combine(Store, "back");
                Directory.Move(left, back);
                if (step > 0) Assert.NotEqual(VerificationResult.Whole, await VerdictAsync(back));
                Directory.Move(back, left);
            }
            if (step % 2 == 0) await CaptureAsync(Order());
            foreach (var removal in Named("v1.0").Snapshots) await new SnapshotRemover().RemoveAsync(removal, Cancel);
            Assert.Empty(Directory.EnumerateDirectories(Store));
        }
    }

    [Fact]
    public async Task Killed_in_its_midst_it_leaves_nothing_that_looks_whole_and_the_next_removal_finishes_it()
    {
        await using (var writer = await SnapshotWriter.OpenAsync(Order(), Cancel))
        {
            for (var index = 0; index < 3_000; index++) await WriteObjectAsync(writer, Site, $"s3-buckets/site/{index}", $"{index}", "content");
            await writer.FinishAsync([], Cancel);
        }
        var aside = Path.Combine(Store, ".removing-v1.0");
        using (var process = Engine.Tests.Capture.Victim.Start("remove", Store, "v1.0"))
        {
            while (!process.HasExited && !Directory.Exists(aside)) await Task.Yield();
            process.Kill();
            await process.WaitForExitAsync(Cancel);
        }
        Assert.True(Directory.Exists(aside));
        Assert.Empty(SnapshotReader.List(Store));

        await RemoveAsync("v1.0");
        Assert.Empty(Directory.EnumerateDirectories(Store));
    }

    [Fact]
    public async Task An_unfinished_snapshot_goes_and_its_files_with_it()
    {
        await using (var writer = await SnapshotWriter.OpenAsync(Order(), Cancel)) await WriteObjectAsync(writer, Site, "s3-buckets/site/x", "x", "content");
        File.WriteAllText(Path.Combine(Store, ".partial-v1.0", "stray"), "");

        await RemoveAsync("v1.0");

        Assert.Empty(Directory.EnumerateFileSystemEntries(Store));
    }

    [Fact]
    public async Task One_that_is_being_taken_is_left_alone()
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        Assert.Equal(StoreFault.InUse, (await Assert.ThrowsAsync<StoreException>(() => RemoveAsync("v1.0"))).Fault);
        await AssertWholeAsync(await writer.FinishAsync([], Cancel));
    }

    [Fact]
    public async Task One_that_another_is_being_based_on_is_left_alone()
    {
        var first = (await TakeAsync(Order())).Snapshot;
        await using (await SnapshotWriter.OpenAsync(Next(), Cancel))
            Assert.Equal(StoreFault.InUse, (await Assert.ThrowsAsync<StoreException>(() => RemoveAsync("v1.0"))).Fault);
        await AssertWholeAsync(first);
        await RemoveAsync("v1.0");
    }

    [Fact]
    public async Task One_that_is_being_verified_is_left_alone()
    {
        var snapshot = await CaptureAsync(Order());
        Exception? refusal = null;
        var verification = await SnapshotVerifier.VerifyAsync(snapshot.Path, (_, _) => refusal ??= Refused(), Cancel);
        Assert.True(verification.IsWhole);
        Assert.Equal(StoreFault.InUse, Assert.IsType<StoreException>(refusal).Fault);

        // The verification waits for it.
        Exception? Refused()
        {
            var removal = RemoveAsync("v1.0");
            ((IAsyncResult)removal).AsyncWaitHandle.WaitOne();
            return removal.Exception?.InnerException;
        }
    }

    [Fact]
    public async Task One_that_is_being_compared_restored_or_copied_is_left_alone()
    {
        var snapshot = await CaptureAsync(Order());
        using (SnapshotFiles.OnDisk(snapshot))
        {
            Assert.Equal(StoreFault.InUse, (await Assert.ThrowsAsync<StoreException>(() => RemoveAsync("v1.0"))).Fault);
        }
        await RemoveAsync("v1.0");
    }

    [Fact]
    public async Task What_no_capture_wrote_keeps_a_snapshot_until_one_says_otherwise()
    {
        var snapshot = await CaptureAsync(Order());
        File.WriteAllText(Path.Combine(snapshot.Path, "notes.txt"), "mine");

        var refusal = await Assert.ThrowsAsync<StoreException>(() => RemoveAsync("v1.0"));
        Assert.Equal(StoreFault.UnknownFiles, refusal.Fault);
        Assert.Contains("notes.txt", refusal.Message, StringComparison.Ordinal);
        var foreseen = new RemovalForecast(includeUnknown: false).Complete(Named("v1.0").Snapshots[0], Cancel);
        Assert.Equal(RemovalAction.Keep, foreseen.Action);
        Assert.True(File.Exists(Path.Combine(snapshot.Path, "notes.txt")));

        await RemoveAsync("v1.0", includeUnknown: true);
        Assert.False(Directory.Exists(snapshot.Path));
    }

    [Fact]
    public async Task Nothing_behind_a_link_is_touched()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        var snapshot = await CaptureAsync(Order());
        var other = await CaptureAsync(Order() with { Store = Path.Combine(Store, "elsewhere"), Name = "other" });
        Directory.CreateSymbolicLink(Path.Combine(snapshot.Path, "s3-buckets", "more"), other.Path);
        File.CreateSymbolicLink(Path.Combine(snapshot.Path, "one"), Path.Combine(other.Path, "RECOVERY.md"));
        Directory.CreateSymbolicLink(Path.Combine(Store, "linked"), other.Path);

        await RemoveAsync("v1.0", includeUnknown: true);
        Assert.Equal(StoreFault.NotASnapshot, (await Assert.ThrowsAsync<StoreException>(() => RemoveAsync("linked", includeUnknown: true))).Fault);

        Assert.False(Directory.Exists(snapshot.Path));
        await AssertWholeAsync(other);
    }

    [Fact]
    public async Task A_folder_that_only_looks_like_a_snapshot_stays()
    {
        var mine = Directory.CreateDirectory(Path.Combine(Store, "diary")).FullName;
        foreach (var name in (string[])["journal.jsonl", "snapshot.json"])
        {
            File.WriteAllText(Path.Combine(mine, name), "Dear diary");
            File.WriteAllText(Path.Combine(mine, "more.txt"), "more");
            Assert.Equal(StoreFault.UnknownFiles, (await Assert.ThrowsAsync<StoreException>(() => RemoveAsync("diary"))).Fault);
            Assert.Equal(2, Directory.GetFiles(mine).Length);
            File.Delete(Path.Combine(mine, name));
        }
    }

    [Fact]
    public async Task What_restores_made_of_it_is_remembered()
    {
        await CaptureAsync(Order());
        var journal = Path.Combine(Directory.CreateDirectory(Path.Combine(Store, ".restores")).FullName, "v1.0-0123456789abcdef.jsonl");
        File.WriteAllText(journal, "{}\n");
        await RemoveAsync("v1.0");
        Assert.True(File.Exists(journal));
    }

    private static async Task<VerificationResult> VerdictAsync(string folder)
    {
        try
        {
            return (await SnapshotVerifier.VerifyAsync(folder, null, Cancel)).Result;
        }
        catch (StoreException)
        {
            return VerificationResult.Damaged;
        }
    }

    private sealed class PowerCut : Exception;
}
