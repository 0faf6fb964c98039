using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Capture;

/// <summary>What the manifest of a finished snapshot says that it holds.</summary>
internal sealed class SnapshotContents
{
    private readonly Snapshot _snapshot;
    private readonly SortedDictionary<string, ManifestEntry> _documents = new(StringComparer.Ordinal);

    private SnapshotContents(Snapshot snapshot) => _snapshot = snapshot;

    /// <summary>The resources, those too that could not be captured, in the order of their keys.</summary>
    public IReadOnlyList<Resource> Resources { get; private set; } = [];

    /// <summary>The paths of the documents, in ordinal order.</summary>
    public IReadOnlyCollection<string> Documents => _documents.Keys;

    /// <summary>What all files come to.</summary>
    public SnapshotSums Sums { get; } = new();

    /// <summary>Reads the manifest.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="isWanted">Whether the documents of a layer are to be known.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static async Task<SnapshotContents> ReadAsync(Snapshot snapshot, Func<string, bool> isWanted, CancellationToken cancel)
    {
        SnapshotContents contents = new(snapshot);
        await foreach (var file in SnapshotReader.ReadManifestAsync(snapshot.Path).WithCancellation(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            contents.Sums.Add(file);
            if (file.Object is null && isWanted(file.Layer)) contents._documents[file.Path] = file;
        }
        var names = ResourceList.Read(snapshot.Path);
        contents.Resources = [.. contents.Sums.Resources.Keys.Union(names.Keys).Order(StringComparer.Ordinal).Select(key => names.GetValueOrDefault(key) ?? Unnamed(key)).OfType<Resource>()];
        return contents;
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: it is missing, or of another length.</exception>
    public byte[] Read(string document) => CapturedFile.Read(_snapshot, _documents[document]);

    private static Resource? Unnamed(string key) =>
        key.Split('/', 4) is [var layer, var kind, var region, var id] ? new() { Layer = layer, Kind = kind, Region = region, Id = id, Name = id } : null;
}
