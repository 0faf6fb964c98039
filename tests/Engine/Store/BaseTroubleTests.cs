using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

/// <summary>A base that is damaged, out of reach, or none.</summary>
public sealed class BaseTroubleTests : BaseTest
{
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
        Assert.Contains($"'{Index}' in the base 'v1.0' is not as it was captured", Assert.Single(Warnings), StringComparison.Ordinal);
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
        Assert.Single(Warnings);
    }

    [Fact]
    public async Task A_store_on_another_volume_gets_copies_and_it_is_said_once()
    {
        await TakeAsync(Order());
        using OtherVolume other = new(Store);
        var second = await TakeAsync(Next() with { Store = other.Path, Base = Path.Combine(Store, "v1.0") });

        Assert.Empty(second.Captured);
        Assert.Contains("They are copied", Assert.Single(Warnings), StringComparison.Ordinal);
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
        Assert.Equal(2, Warnings.Count);
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
