using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Sync;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Kept;

public sealed class KeptComparisonTests
{
    [Fact]
    public async Task Objects_that_are_kept_in_S3_are_compared_as_objects()
    {
        await using var test = await KeptTest.StartAsync();
        foreach (var key in (string[])["changed", "gone", "same"]) await test.PutAsync(key, "12345");
        await KeptTest.PassSecondAsync();
        var first = await test.CaptureAsync("v1");
        await test.PutAsync("changed", "54321");
        await test.PutAsync("new", "12345");
        await test.Test.DeleteAsync("site", "gone");
        var second = await test.CaptureAsync("v2");
        var files = await test.Test.CaptureAsync("v3", order => order with { ExcludeBuckets = ["vault"] });

        string[] expected = ["Content changed", "OnlyInOther new", "OnlyInReference gone"];
        test.Test.Host.Requests.Clear();
        // Nobody has to be called for what the snapshots themselves know.
        Assert.Equal(expected, await BetweenAsync(test, first, second));
        Assert.Equal(expected, await BetweenAsync(test, first, files));
        Assert.Empty(await BetweenAsync(test, second, files));
        Assert.Empty(test.Test.Host.Requests.Entries);

        Assert.Empty(await LiveAsync(test, second));
        await test.PutAsync("same", "12345", new KeyValuePair<string, string>("cache-control", "no-store"));
        Assert.Equal(["Metadata same"], await LiveAsync(test, files));
        Assert.Equal(expected.Append("Metadata same").Order(StringComparer.Ordinal), await LiveAsync(test, first));
        Assert.Empty(test.Test.Problems);
    }

    [Fact]
    public async Task What_only_S3_could_say_is_a_problem_where_nobody_is_called()
    {
        await using var test = await KeptTest.StartAsync();
        await test.PutAsync("said", "12345");
        var first = await test.CaptureAsync("v1");
        await KeptTest.PassSecondAsync();
        await test.PutAsync("said", "12345", new KeyValuePair<string, string>("cache-control", "no-store"));
        var second = await test.CaptureAsync("v2");
        Assert.Empty(await BetweenAsync(test, first, second));
        Assert.Equal(("CopiesUnseen", "site/said"), (Assert.Single(test.Test.Problems).ErrorCode, Assert.Single(test.Test.Problems).Resource));
        Assert.Equal(["Metadata said"], await BetweenAsync(test, first, second, () => test.Test.Connection));
    }

    private static async Task<string[]> BetweenAsync(KeptTest test, Snapshot reference, Snapshot changed, Func<AwsConnection>? connect = null)
    {
        using SnapshotFiles one = SnapshotFiles.OnDisk(reference), other = SnapshotFiles.OnDisk(changed);
        return await DifferencesAsync(SnapshotComparison.Of(one, other, [], test.Test.Problems.Enqueue, connect));
    }

    private static async Task<string[]> LiveAsync(KeptTest test, Snapshot snapshot)
    {
        using var files = SnapshotFiles.OnDisk(snapshot);
        return await DifferencesAsync(await SnapshotComparison.LiveAsync(files, test.Test.Connection, new(), [], test.Test.Problems.Enqueue, SyncTest.Cancel));
    }

    private static async Task<string[]> DifferencesAsync(SnapshotComparison comparison)
    {
        using (comparison) return [.. (await comparison.CompareAsync(SyncTest.Cancel).Select(difference => $"{difference.Kind} {difference.Key ?? difference.Resource}").ToListAsync(SyncTest.Cancel)).Order(StringComparer.Ordinal)];
    }
}
