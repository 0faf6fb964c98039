using JadaSnapshot.Engine.Transfer;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

public sealed class WorkPoolTests
{
    [Fact]
    public async Task No_more_work_than_places_is_under_way_at_once_and_all_of_it_is_done()
    {
        using var pool = new WorkPool(3);
        var group = pool.NewGroup();
        int now = 0, most = 0, done = 0;
        for (var i = 0; i < 50; i++)
            await group.AddAsync(async cancel =>
            {
                var running = Interlocked.Increment(ref now);
                InterlockedMax(ref most, running);
                await Task.Delay(1, cancel);
                Interlocked.Decrement(ref now);
                Interlocked.Increment(ref done);
            }, TestContext.Current.CancellationToken);
        await group.CompleteAsync();
        Assert.Equal(50, done);
        Assert.InRange(most, 2, 3);
    }

    [Fact]
    public async Task A_failure_reaches_whoever_waits_and_gives_its_place_back()
    {
        using var pool = new WorkPool(1);
        var group = pool.NewGroup();
        await group.AddAsync(_ => throw new InvalidOperationException("broken"), TestContext.Current.CancellationToken);
        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(group.CompleteAsync)).Message);
        var next = pool.NewGroup();
        await next.AddAsync(_ => Task.CompletedTask, TestContext.Current.CancellationToken);
        await next.CompleteAsync();
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
