using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

public sealed class LatestSnapshotTests
{
    [Fact]
    public void There_is_none_in_a_store_that_is_empty_or_not_there()
    {
        using var store = new TemporaryStore();
        Assert.Null(LatestSnapshot.Before("v1.0", store.Path));
        Assert.Null(LatestSnapshot.Before("v1.0", Path.Combine(store.Path, "nowhere")));
    }

    [Fact]
    public async Task It_is_the_newest_one_that_is_finished_and_older_than_the_one_that_is_continued()
    {
        using var store = new TemporaryStore();
        await TakeAsync("b", 1);
        await TakeAsync("a", 2);
        await using (await OpenAsync("c", 3)) { }
        await TakeAsync("d", 4);
        Assert.Equal("d", LatestSnapshot.Before("e", store.Path));
        Assert.Equal("a", LatestSnapshot.Before("c", store.Path));
        Assert.Null(LatestSnapshot.Before("b", store.Path));

        async Task TakeAsync(string name, int day)
        {
            await using var writer = await OpenAsync(name, day);
            await writer.FinishAsync([], TestContext.Current.CancellationToken);
        }

        Task<SnapshotWriter> OpenAsync(string name, int day) => SnapshotWriter.OpenAsync(
            new() { Store = store.Path, Name = name, Account = "123456789012", Regions = ["us-west-2"], Layers = ["s3"], ToolVersion = "1", Clock = new Day(day) }, TestContext.Current.CancellationToken);
    }

    private sealed class Day(int day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);
    }
}
