using System.Text;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

/// <summary>A snapshot that takes over what is unchanged since an earlier one.</summary>
public sealed class BaseTests : StoreTest
{
    private const string Index = "s3-buckets/site/index.html";
    private const string Code = "lambda-functions/mailer/code.zip";

    private static readonly string[] Keys = ["a//b", "dir/", "empty", "index.html", "é/ß.txt"];

    private readonly List<string> _warnings = [];

    [Fact]
    public async Task What_is_unchanged_is_a_further_name_of_the_same_file_and_only_the_rest_is_captured()
    {
        var first = await TakeAsync(Order());
        var second = await TakeAsync(Next(), changed: "index.html");

        Assert.Equal([Index], second.Captured);
        Assert.True(IsShared(first.Snapshot, second.Snapshot, "s3-buckets/site/dir/%_"));
        Assert.True(IsShared(first.Snapshot, second.Snapshot, Code));
        Assert.False(IsShared(first.Snapshot, second.Snapshot, Index));
        Assert.Equal(["index.html 1", "index.html 2"], new[] { first, second }.Select(taken => File.ReadAllText(Path.Combine(taken.Snapshot.Path, Index))));
        Assert.Empty(_warnings);
        await AssertWholeAsync(first.Snapshot, second.Snapshot);
    }

    [Fact]
    public async Task The_snapshot_names_its_base_and_has_the_same_manifest_where_nothing_changed()
    {
        var first = await TakeAsync(Order());
        var second = await TakeAsync(Next());
        var alone = await TakeAsync(Order() with { Name = "alone" });

        Assert.Equal((null, "v1.0"), (first.Snapshot.Base, second.Snapshot.Base));
        Assert.Equal("v1.0", SnapshotReader.Read(second.Snapshot.Path).Base);
        Assert.Contains("\"base\": \"v1.0\"", await File.ReadAllTextAsync(Path.Combine(second.Snapshot.Path, "snapshot.json"), Cancel), StringComparison.Ordinal);
        Assert.Equal(alone.Snapshot.ManifestSha256, second.Snapshot.ManifestSha256);
    }

    [Theory]
    [InlineData("v1.0", "v1.1")]
    [InlineData("v1.1", "v1.0")]
    public async Task Removing_one_snapshot_leaves_the_others_that_share_its_files_whole(string removed, string left)
    {
        await TakeAsync(Order());
        await TakeAsync(Next());
        var third = await TakeAsync(Next() with { Name = "v1.2", Base = "v1.1" });
        Directory.Delete(Path.Combine(Store, removed), recursive: true);

        await AssertWholeAsync(SnapshotReader.Read(Path.Combine(Store, left)), third.Snapshot);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(Path.Combine(Store, left, Index)));
    }

    [Fact]
    public async Task Damage_to_a_shared_file_shows_in_both()
    {
        var first = await TakeAsync(Order());
        var second = await TakeAsync(Next());
        Tamper(Path.Combine(first.Snapshot.Path, Index), path => File.WriteAllText(path, "index.html X"));

        foreach (var snapshot in (Snapshot[])[first.Snapshot, second.Snapshot])
            Assert.Equal(Index, Assert.Single((await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Findings).Path);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("longer")]
    [InlineData("written to at another time")]
    [InlineData("writable")]
    [InlineData("a link")]
    [InlineData("a folder")]
    public async Task A_file_that_is_not_as_it_was_captured_is_captured_anew(string how)
    {
        Assert.SkipWhen(how == "writable" && OperatingSystem.IsWindows(), "Windows has no Unix modes.");
        var first = await TakeAsync(Order());
        Tamper(Path.Combine(first.Snapshot.Path, Index), path =>
        {
            if (how is "missing" or "a folder") File.Delete(path);
            if (how is "a folder") Directory.CreateDirectory(path);
            if (how is "longer") File.AppendAllText(path, "X");
            if (how is "written to at another time") File.WriteAllText(path, "index.html X");
            if (how is not "a link") return;
            File.Move(path, path + ".moved");
            File.CreateSymbolicLink(path, path + ".moved");
        }, keepsTime: how is "longer" or "writable", seals: how is not "writable");
        var second = await TakeAsync(Next());

        Assert.Equal([Index], second.Captured);
        Assert.Contains($"'{Index}' in the base 'v1.0' is not as it was captured", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Equal("index.html 1", await File.ReadAllTextAsync(Path.Combine(second.Snapshot.Path, Index), Cancel));
        await AssertWholeAsync(second.Snapshot);
    }

    [Fact]
    public async Task A_file_without_a_time_of_its_own_is_read_before_it_is_taken_over()
    {
        var first = await TakeAsync(Order());
        Tamper(Path.Combine(first.Snapshot.Path, Code), path => File.WriteAllText(path, "c0de"), keepsTime: true);
        Assert.Equal([Code], (await TakeAsync(Next())).Captured);
    }

    [Fact]
    public async Task Many_damaged_files_are_spoken_of_once()
    {
        var first = await TakeAsync(Order());
        Directory.Delete(Path.Combine(first.Snapshot.Path, "s3-buckets"), recursive: true);
        Assert.Equal(Keys.Length, (await TakeAsync(Next())).Captured.Count);
        Assert.Single(_warnings);
    }

    [Fact]
    public async Task Another_resource_does_not_get_the_files_of_one_that_had_their_paths()
    {
        await TakeAsync(Order());
        await using var writer = await SnapshotWriter.OpenAsync(Next(), Cancel);
        Assert.NotNull(writer.Keep(Site, Index, entry => entry, Cancel));
        Assert.Null(writer.Keep(Site with { Region = "us-west-2" }, Index, entry => entry, Cancel));
    }

    [Fact]
    public async Task A_store_on_another_volume_gets_copies_and_it_is_said_once()
    {
        await TakeAsync(Order());
        using OtherVolume other = new(Store);
        var second = await TakeAsync(Next() with { Store = other.Path, Base = Path.Combine(Store, "v1.0") });

        Assert.Empty(second.Captured);
        Assert.Contains("They are copied", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Path.Combine(second.Snapshot.Path, Index)));
        Assert.Equal("v1.0", second.Snapshot.Base);
        await AssertWholeAsync(second.Snapshot);
    }

    [Fact]
    public async Task Damage_that_nothing_shows_is_noticed_while_copying()
    {
        var first = await TakeAsync(Order());
        Tamper(Path.Combine(first.Snapshot.Path, Index), path => File.WriteAllText(path, "index.html X"), keepsTime: true);
        using OtherVolume other = new(Store);
        var second = await TakeAsync(Next() with { Store = other.Path, Base = first.Snapshot.Path });

        Assert.Equal([Index], second.Captured);
        Assert.Equal(2, _warnings.Count);
        await AssertWholeAsync(second.Snapshot);
    }

    [Fact]
    public async Task A_base_that_is_none_is_refused_in_words_and_nothing_is_begun()
    {
        await TakeAsync(Order());
        await (await SnapshotWriter.OpenAsync(Order() with { Name = "begun" }, Cancel)).DisposeAsync();
        var manifest = Path.Combine((await TakeAsync(Order() with { Name = "altered" })).Snapshot.Path, "manifest.jsonl");
        Tamper(manifest, path => File.AppendAllText(path, "{}\n"));
        var description = Path.Combine((await TakeAsync(Order() with { Name = "broken" })).Snapshot.Path, "snapshot.json");
        Tamper(description, path => File.WriteAllText(path, "{"));
        var before = Directory.EnumerateFileSystemEntries(Store).Count();

        await RefusedAsync(Next() with { Base = "none" }, "no such folder");
        await RefusedAsync(Next() with { Base = Store + "/" }, "not a snapshot");
        await RefusedAsync(Next() with { Base = "v1.\0" }, "cannot be the base");
        await RefusedAsync(Next() with { Base = ".partial-begun" }, "not finished");
        await RefusedAsync(Next() with { Base = "altered" }, "manifest is not the one");
        await RefusedAsync(Next() with { Base = "broken" }, "it is damaged");
        await RefusedAsync(Next() with { Account = "999999999999" }, "of the account 123456789012");
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(Store).Count());

        async Task RefusedAsync(SnapshotOrder order, string words)
        {
            var refusal = await RefusalAsync(order);
            Assert.Equal(StoreFault.UnfitBase, refusal.Fault);
            Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("with its base")]
    [InlineData("without a base")]
    [InlineData("after its base was removed")]
    [InlineData("with another base")]
    public async Task Broken_off_after_any_step_it_is_completed(string how)
    {
        await TakeAsync(Order());
        await TakeAsync(Order() with { Name = "other" });
        List<string> steps = [];
        await TakeAsync(Next(steps.Add) with { Name = "steps" }, "index.html");
        for (var step = 0; step < steps.IndexOf("described"); step++)
        {
            var (name, countdown) = ($"broken-{step}", step);
            await TakeAsync(Order() with { Name = "gone" });
            var begun = Next() with { Name = name, Base = how == "after its base was removed" ? "gone" : "v1.0" };
            await Assert.ThrowsAsync<PowerCut>(() => TakeAsync(begun with { OnStep = _ => { if (countdown-- == 0) throw new PowerCut(); } }, "index.html"));
            Directory.Delete(Path.Combine(Store, "gone"), recursive: true);

            var completed = await TakeAsync(begun with { Base = how switch { "with its base" => "v1.0", "with another base" => "other", _ => null } }, "index.html");
            Assert.Equal(8, completed.Snapshot.FileCount);
            Assert.Equal("index.html 2", await File.ReadAllTextAsync(Path.Combine(completed.Snapshot.Path, Index), Cancel));
            await AssertWholeAsync(completed.Snapshot);
            if (how == "with its base") Assert.True(IsShared(SnapshotReader.Read(Path.Combine(Store, "v1.0")), completed.Snapshot, Code), steps[step]);
            if (how == "without a base" && step > steps.IndexOf("journal made")) Assert.Equal("v1.0", completed.Snapshot.Base);
        }
        await AssertWholeAsync(SnapshotReader.Read(Path.Combine(Store, "v1.0")));
    }

    [Fact]
    public async Task What_was_taken_over_before_the_break_is_kept_without_the_base()
    {
        await TakeAsync(Order());
        await using (var writer = await SnapshotWriter.OpenAsync(Next(), Cancel))
            Assert.NotNull(writer.Keep(Site, Index, entry => entry, Cancel));
        Directory.Delete(Path.Combine(Store, "v1.0"), recursive: true);

        var completed = await TakeAsync(Next() with { Base = null });
        Assert.DoesNotContain(Index, completed.Captured);
        await AssertWholeAsync(completed.Snapshot);
    }

    [Fact]
    public async Task A_base_that_is_removed_during_the_run_is_missed_by_no_one()
    {
        var first = await TakeAsync(Order());
        await using var writer = await SnapshotWriter.OpenAsync(Next(), Cancel);
        Assert.NotNull(writer.Keep(Mailer, Code, entry => entry, Cancel));
        Directory.Delete(first.Snapshot.Path, recursive: true);
        Assert.Null(writer.Keep(Site, Index, entry => entry, Cancel));
        writer.CompleteResource(Mailer);
        await AssertWholeAsync(await writer.FinishAsync([], Cancel));
    }

    [Fact]
    public async Task Many_files_are_taken_over_at_once()
    {
        await using (var writer = await SnapshotWriter.OpenAsync(Order(), Cancel))
        {
            for (var i = 0; i < 3000; i++) await WriteObjectAsync(writer, Site, $"s3-buckets/site/{i / 8}/{i}", $"{i / 8}/{i}", new string('x', i % 100));
            writer.CompleteResource(Site);
            await writer.FinishAsync([], Cancel);
        }
        await using var next = await SnapshotWriter.OpenAsync(Next(), Cancel);
        await Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancel }, (i, cancel) =>
        {
            Assert.NotNull(next.Keep(Site, $"s3-buckets/site/{i / 8}/{i}", entry => entry, cancel));
            return ValueTask.CompletedTask;
        });
        next.CompleteResource(Site);
        var snapshot = await next.FinishAsync([], Cancel);
        Assert.Equal(3001, snapshot.FileCount);
        await AssertWholeAsync(snapshot);
    }

    private SnapshotOrder Next(Action<string>? onStep = null) => Order(onStep) with { Name = "v1.1", Base = "v1.0", OnWarning = _warnings.Add };

    /// <summary>Captures a bucket and a function, as far as they cannot be kept; says what was captured.</summary>
    private static async Task<(Snapshot Snapshot, List<string> Captured)> TakeAsync(SnapshotOrder order, string changed = "")
    {
        List<string> captured = [];
        await using var writer = await SnapshotWriter.OpenAsync(order, Cancel);
        if (writer.Finished is { } finished) return (finished, captured);
        if (!writer.IsCaptured(Site))
        {
            PathAssigner paths = new();
            foreach (var key in Keys)
            {
                var path = $"s3-buckets/site/{paths.Assign(key)}";
                var content = key == "empty" ? "" : $"{key} {(key == changed ? 2 : 1)}";
                if (writer.Keep(Site, path, entry => entry.Object!.ETag == content ? entry : null, Cancel) is not null) continue;
                captured.Add(path);
                using var file = writer.Create(Site, path);
                file.Write(Encoding.UTF8.GetBytes(content));
                await file.CommitAsync(new() { Key = key, ETag = content, LastModified = DateTimeOffset.UnixEpoch }, DateTimeOffset.UnixEpoch, Cancel);
            }
            writer.CompleteResource(Site);
        }
        if (!writer.IsCaptured(Mailer))
        {
            if (writer.Keep(Mailer, Code, entry => entry, Cancel) is null)
            {
                captured.Add(Code);
                await writer.WriteAsync(Mailer, Code, "code"u8.ToArray(), Cancel);
            }
            writer.CompleteResource(Mailer);
        }
        await writer.WriteAsync(SnapshotLayout.OwnFiles, "RECOVERY.md", "Read this first.\n"u8.ToArray(), Cancel);
        return (await writer.FinishAsync([], Cancel), captured);
    }

    private static async Task AssertWholeAsync(params Snapshot[] snapshots)
    {
        foreach (var snapshot in snapshots)
            Assert.Empty((await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Findings);
    }

    // What is done to the one can be seen at the other.
    private static bool IsShared(Snapshot first, Snapshot second, string path)
    {
        var (one, other) = (Path.Combine(first.Path, path), Path.Combine(second.Path, path));
        var (time, mark) = (File.GetLastWriteTimeUtc(one), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Tamper(one, file => File.SetLastWriteTimeUtc(file, mark));
        var isShared = File.GetLastWriteTimeUtc(other) == mark;
        Tamper(one, file => File.SetLastWriteTimeUtc(file, time));
        return isShared;
    }

    /// <summary>Changes a sealed file, and leaves it sealed.</summary>
    private static void Tamper(string path, Action<string> change, bool keepsTime = false, bool seals = true)
    {
        var time = File.GetLastWriteTimeUtc(path);
        if (OperatingSystem.IsWindows()) File.SetAttributes(path, FileAttributes.Normal);
        else File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        change(path);
        if (!File.Exists(path)) return;
        if (keepsTime) File.SetLastWriteTimeUtc(path, time);
        if (!seals) return;
        if (OperatingSystem.IsWindows()) File.SetAttributes(path, FileAttributes.ReadOnly);
        else File.SetUnixFileMode(path, UnixFileMode.UserRead);
    }

    private sealed class PowerCut : Exception;

    private sealed class OtherVolume : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jada-other-");

        public OtherVolume(string store)
        {
            var probe = System.IO.Path.Combine(store, "probe");
            File.WriteAllText(probe, "");
            var refusal = HardLink.TryMake(probe, System.IO.Path.Combine(_folder.FullName, "probe"));
            File.Delete(probe);
            if (refusal is not null) return;
            Dispose();
            Assert.Skip("This machine has no two volumes to write to.");
        }

        public string Path => System.IO.Path.Combine(_folder.FullName, "store");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
