using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Capture;

/// <summary>What the manifest of a finished snapshot says that it holds.</summary>
internal sealed class SnapshotContents
{
    private readonly SnapshotFiles _files;
    private readonly SortedDictionary<string, ManifestEntry> _documents = new(StringComparer.Ordinal);

    private SnapshotContents(SnapshotFiles files) => _files = files;

    /// <summary>The resources, those too that could not be captured, in the order of their keys.</summary>
    public IReadOnlyList<Resource> Resources { get; private set; } = [];

    /// <summary>The paths of the documents, in ordinal order.</summary>
    public IReadOnlyCollection<string> Documents => _documents.Keys;

    /// <summary>What all files come to.</summary>
    public SnapshotSums Sums { get; } = new();

    /// <summary>Reads the manifest.</summary>
    /// <param name="files">The snapshot.</param>
    /// <param name="isWanted">Whether the documents of a layer are to be known.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static async Task<SnapshotContents> ReadAsync(SnapshotFiles files, Func<string, bool> isWanted, CancellationToken cancel)
    {
        SnapshotContents contents = new(files);
        await foreach (var file in SnapshotReader.ReadManifestAsync(files.Folder).WithCancellation(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            contents.Sums.Add(file);
            if (file.Object is null && isWanted(file.Layer)) contents._documents[file.Path] = file;
        }
        var names = ResourceList.Read(files.Folder);
        contents.Resources = [.. contents.Sums.Resources.Keys.Union(names.Keys).Order(StringComparer.Ordinal).Select(key => names.GetValueOrDefault(key) ?? Unnamed(key)).OfType<Resource>()];
        return contents;
    }

    /// <summary>Makes sure that documents can be read: those that are text, as far as they are wanted.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: one that had to be fetched is not what was captured.</exception>
    public Task RequireAsync(Func<ManifestEntry, bool> isWanted, CancellationToken cancel) => _files.RequireAsync(_documents.Values.Where(file => Compare.DocumentNode.Reads(file.Path) && isWanted(file)), cancel);

    /// <summary>Reads a document that was required.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: it is missing, or of another length.</exception>
    public byte[] Read(string document) => CapturedFile.Read(_files, _documents[document]);

    private static Resource? Unnamed(string key) =>
        key.Split('/', 4) is [var layer, var kind, var region, var id] ? new() { Layer = layer, Kind = kind, Region = region, Id = id, Name = id } : null;
}
