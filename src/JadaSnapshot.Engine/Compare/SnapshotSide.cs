using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Compare;

/// <summary>A snapshot as a side of a comparison. Nothing in it is believed that its manifest's reader does not let through.</summary>
/// <param name="files">The snapshot.</param>
/// <param name="connect">Who looks at objects that it keeps in S3; null where nobody does.</param>
internal sealed class SnapshotSide(SnapshotFiles files, Func<AwsConnection>? connect = null) : IEstateSide, IDisposable
{
    private readonly KeptCopies _copies = new(connect);
    private readonly KeyPatterns _leftOut = KeyPatterns.Of(KeptBuckets.NotIn(files.Snapshot));
    private SnapshotObjects? _objects;
    private IReadOnlyDictionary<string, Resource>? _names;
    private ILookup<(string Layer, string Resource), Problem>? _problems;
    private SortedDictionary<string, List<ManifestEntry>> _files = new(StringComparer.Ordinal);

    /// <summary>The snapshot, with its files.</summary>
    public SnapshotFiles Files => files;

    /// <summary>The snapshot.</summary>
    public Snapshot Snapshot => files.Snapshot;

    public string Name => Snapshot.Name;

    public IReadOnlyList<string> Layers { get; } = [.. files.Snapshot.Layers.Select(layer => layer.Name).Where(name => name != SnapshotLayout.OwnLayer)];

    // What could not be captured is noted by the names of things: of a layer that could not be listed there is none, or its region's.
    public bool IsListed(string layer) => !_problems!.Contains((layer, "")) && !_problems.Any(problems => problems.Key.Layer == layer && Snapshot.Regions.Contains(problems.Key.Resource));

    /// <exception cref="StoreException">Its manifest or its list of problems cannot be read.</exception>
    public Task<IReadOnlyList<SideResource>> ReadAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        _problems = SnapshotReader.ReadProblems(files.Folder).ToLookup(problem => (problem.Layer, problem.Resource.Split('/')[0]));
        _names = ResourceList.Read(files.Folder);
        SortedDictionary<string, List<ManifestEntry>> resources = _files = new(StringComparer.Ordinal);
        var objects = _objects = new(files, _copies);
        foreach (var line in ManifestLines.Read(files.Folder))
        {
            cancel.ThrowIfCancellationRequested();
            var entry = line.EntryOf(Snapshot.Path);
            if (entry.Layer == SnapshotLayout.OwnLayer) continue;
            if (!resources.TryGetValue(entry.Resource, out var files)) resources.Add(entry.Resource, files = []);
            if (entry.Object is null) files.Add(entry);
            objects.Add(line);
        }
        return Task.FromResult<IReadOnlyList<SideResource>>([.. resources.Select(each => ToResource(each.Key, each.Value)).OfType<SideResource>()]);
    }

    /// <summary>All files of a resource but objects, those too that say nothing of their own; once it has been read.</summary>
    public IReadOnlyList<ManifestEntry> AllFiles(string resourceKey) => _files.GetValueOrDefault(resourceKey) ?? [];

    /// <summary>Whether anything of a resource could not be captured.</summary>
    public bool HasProblems(Resource resource) => _problems!.Contains((resource.Layer, resource.Name));

    /// <exception cref="StoreException">The manifest cannot be read, or has nothing of the bucket.</exception>
    public IAsyncEnumerable<SideObject> ObjectsAsync(Resource bucket, CancellationToken cancel) => _files.ContainsKey(bucket.Key)
        ? _objects!.Of(bucket, cancel)
        : throw new StoreException(StoreFault.Damaged, $"{Path.Combine(Snapshot.Path, SnapshotLayout.Manifest)} has nothing of the bucket {bucket.Name}.");

    public Task RequireAsync(IEnumerable<SideFile> required, CancellationToken cancel) => files.RequireAsync(required.Select(file => file.Captured).OfType<ManifestEntry>(), cancel);

    public bool LeavesOut(Resource resource) => resource is { Layer: S3Layer.LayerName, Kind: "bucket" } && _leftOut.Match(resource.Name);

    public void Dispose() => _copies.Dispose();

    private SideResource? ToResource(string key, List<ManifestEntry> entries)
    {
        if (key.Split('/', 4) is not [var layer, var kind, var region, var id]) return null;
        var resource = _names!.GetValueOrDefault(key) ?? new() { Layer = layer, Kind = kind, Region = region, Id = id, Name = id };
        var rules = ComparisonRules.Of(layer);
        return new(
            resource, !HasProblems(resource),
            [.. entries.Where(entry => rules.Compares(entry.Path)).Select(entry => new SideFile(entry.Path, entry.Size, entry.Sha256, () => CapturedFile.Read(files, entry)) { Captured = entry })]);
    }
}
