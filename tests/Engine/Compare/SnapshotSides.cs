using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Compare;

internal static class SnapshotSides
{
    /// <summary>Reads a snapshot as what is put back from it does.</summary>
    public static async Task<SnapshotSide> ReadAsync(this Snapshot snapshot, CancellationToken cancel)
    {
        var side = new SnapshotSide(SnapshotComparison.Finished(SnapshotFiles.OnDisk(snapshot)));
        await side.ReadAsync(problem => Assert.Fail($"{problem}"), cancel);
        return side;
    }
}
