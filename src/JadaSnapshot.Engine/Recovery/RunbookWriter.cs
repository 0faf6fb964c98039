using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Writes the runbook of a snapshot that is there: the text of its <c>RECOVERY.md</c>, or of a part of it.</summary>
public static class RunbookWriter
{
    /// <summary>Writes it. The manifest says what the snapshot holds; only documents that the runbook speaks of are read.</summary>
    /// <param name="snapshot">A snapshot that is finished.</param>
    /// <param name="layers">The layers to tell of; all that the snapshot has where there are none.</param>
    /// <param name="isWanted">Whether to tell of a resource; null for all.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotASnapshot"/>: it is not finished; <see cref="StoreFault.Damaged"/>: it cannot be read.</exception>
    public static async Task<string> WriteAsync(Snapshot snapshot, IReadOnlyCollection<string> layers, Func<Resource, bool>? isWanted, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(layers);
        var contents = await SnapshotContents.ReadAsync(SnapshotComparison.Finished(snapshot), _ => true, cancel);
        return Runbook.Write(new(contents.Documents)
        {
            Name = snapshot.Name,
            Account = snapshot.Account,
            Layers = [.. snapshot.Layers.Select(layer => layer.Name).Where(name => layers.Count == 0 || layers.Contains(name))],
            Resources = [.. contents.Resources.Where(resource => isWanted?.Invoke(resource) != false)],
            IsPart = isWanted is not null,
            Objects = contents.Sums.Objects,
            Read = contents.Read,
        });
    }
}
