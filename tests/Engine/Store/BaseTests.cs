using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

/// <summary>A snapshot that takes over what is unchanged since an earlier one.</summary>
public sealed class BaseTests : BaseTest
{
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
        Assert.Empty(Warnings);
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

    [Fact]
    public async Task Another_resource_does_not_get_the_files_of_one_that_had_their_paths()
    {
        await TakeAsync(Order());
        await using var writer = await SnapshotWriter.OpenAsync(Next(), Cancel);
        Assert.NotNull(writer.Keep(Site, Index, entry => entry, Cancel));
        Assert.Null(writer.Keep(Site with { Region = "us-west-2" }, Index, entry => entry, Cancel));
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
}
