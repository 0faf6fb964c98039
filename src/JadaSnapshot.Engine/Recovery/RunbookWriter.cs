using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Writes the runbook of a snapshot that is there: the text of its <c>RECOVERY.md</c>, or of a part of it.</summary>
public static class RunbookWriter
{
    /// <summary>Writes it. The manifest says what the snapshot holds; only documents that the runbook speaks of are read.</summary>
    /// <param name="files">A snapshot that is finished.</param>
    /// <param name="layers">The layers to tell of; all that the snapshot has where there are none.</param>
    /// <param name="isWanted">Whether to tell of a resource; null for all.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotASnapshot"/>: it is not finished; <see cref="StoreFault.Damaged"/>: it cannot be read.</exception>
    public static async Task<string> WriteAsync(SnapshotFiles files, IReadOnlyCollection<string> layers, Func<Resource, bool>? isWanted, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(layers);
        var snapshot = SnapshotComparison.Finished(files).Snapshot;
        var contents = await SnapshotContents.ReadAsync(files, _ => true, cancel);
        IReadOnlyList<Resource> resources = [.. contents.Resources.Where(resource => isWanted?.Invoke(resource) != false)];
        var wanted = resources.Where(RestoreReading.HasDocuments).Select(resource => resource.Key).ToHashSet(StringComparer.Ordinal);
        await contents.RequireAsync(file => wanted.Contains(file.Resource) && (layers.Count == 0 || layers.Contains(file.Layer)), cancel);
        return Runbook.Write(new(contents.Documents)
        {
            Name = snapshot.Name,
            Account = snapshot.Account,
            Layers = [.. snapshot.Layers.Select(layer => layer.Name).Where(name => layers.Count == 0 || layers.Contains(name))],
            Resources = resources,
            IsPart = isWanted is not null,
            Objects = contents.Sums.Objects,
            Read = contents.Read,
        });
    }
}
