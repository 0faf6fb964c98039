using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.LocalFiles;

public sealed class LocalSnapshotTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unchanged_files_are_linked_from_the_base_and_no_time_decides()
    {
        using var folder = new LocalFolder();
        folder.Write("same", "1");
        folder.Write("large", new byte[600_000]);
        folder.Write("changed", "1");
        var first = await folder.SnapshotAsync("one");
        var time = File.GetLastWriteTimeUtc(folder.At("changed"));
        folder.Write("changed", "2");
        File.SetLastWriteTimeUtc(folder.At("changed"), time);
        File.SetLastWriteTimeUtc(folder.At("same"), time.AddDays(1));

        var second = await folder.SnapshotAsync("two", "one");

        Assert.Empty(folder.Problems);
        Assert.Equal((SnapshotStatus.Complete, VerificationResult.Whole), (second.Status, (await SnapshotVerifier.VerifyAsync(second.Path, null, Cancel)).Result));
        Assert.Equal((true, true, false), (IsSameFile("same"), IsSameFile("large"), IsSameFile("changed")));
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Join(second.Path, "local-files/tools/changed"), Cancel));

        bool IsSameFile(string name) => Inode(first, name) == Inode(second, name);
        static string Inode(Snapshot snapshot, string name) => LocalFolder.Run("stat", "-c", "%i", Path.Join(snapshot.Path, "local-files/tools", name));
    }

    [Fact]
    public async Task What_becomes_a_secret_is_not_taken_over_from_the_base()
    {
        using var folder = new LocalFolder();
        folder.Root = folder.Root with { NotSecret = [".env"] };
        folder.Write(".env", "TOKEN=abc123def456");
        await folder.SnapshotAsync("one");
        folder.Root = folder.Root with { NotSecret = [] };
        var second = await folder.SnapshotAsync("two", "one");
        Assert.False(File.Exists(Path.Join(second.Path, "local-files/tools/.env")));
    }

    [Fact]
    public async Task An_interrupted_snapshot_is_continued_and_ends_as_if_it_had_not_been()
    {
        using var folder = new LocalFolder();
        for (var index = 0; index < 40; index++) folder.Write($"f{index:d2}", $"content {index}");
        var steps = 0;
        await Assert.ThrowsAnyAsync<Exception>(() => folder.SnapshotAsync("one", onStep: step =>
        {
            if (step == "file noted" && Interlocked.Increment(ref steps) == 20) throw new StoreException(StoreFault.DiskFull, "The disk is full.");
        }));
        folder.Write("f05", "changed meanwhile");
        var snapshot = await folder.SnapshotAsync("one");
        Assert.Equal(VerificationResult.Whole, (await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Result);
        Assert.Equal(42, Directory.EnumerateFiles(Path.Join(snapshot.Path, "local-files"), "*", SearchOption.AllDirectories).Count() + 1);
        Assert.Equal("changed meanwhile", await File.ReadAllTextAsync(Path.Join(snapshot.Path, "local-files/tools/f05"), Cancel));
    }
}
