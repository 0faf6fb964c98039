using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Compare;

internal static class SnapshotSides
{
    /// <summary>Reads a snapshot as what is put back from it does.</summary>
    public static async Task<SnapshotSide> ReadAsync(this Snapshot snapshot, CancellationToken cancel, AwsConnection? connection = null)
    {
        var side = new SnapshotSide(SnapshotComparison.Finished(SnapshotFiles.OnDisk(snapshot)), connection is null ? null : () => connection);
        await side.ReadAsync(problem => Assert.Fail($"{problem}"), cancel);
        return side;
    }
}
