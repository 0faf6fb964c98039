using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using Microsoft.Win32.SafeHandles;

namespace JadaSnapshot.Engine.Compare;

/// <summary>A snapshot as a side of a comparison. Nothing in it is believed that its manifest's reader does not let through.</summary>
internal sealed class SnapshotSide(Snapshot snapshot) : IEstateSide, IDisposable
{
    private readonly ExternalSort<ManifestEntry> _objects = SnapshotObjects.NewSort();
    private SafeFileHandle? _hold;
    private IEnumerator<ManifestEntry>? _cursor;
    private bool _hasObject;
    private IReadOnlyDictionary<string, Resource>? _names;
    private ILookup<(string Layer, string Resource), Problem>? _problems;
    private SortedDictionary<string, List<ManifestEntry>> _files = new(StringComparer.Ordinal);

    public string Name => snapshot.Name;

    public IReadOnlyList<string> Layers { get; } = [.. snapshot.Layers.Select(layer => layer.Name).Where(name => name != SnapshotLayout.OwnLayer)];

    // What could not be captured is noted by the names of things: of a layer that could not be listed there is none, or its region's.
    public bool IsListed(string layer) => !_problems!.Contains((layer, "")) && !_problems.Any(problems => problems.Key.Layer == layer && snapshot.Regions.Contains(problems.Key.Resource));

    /// <exception cref="StoreException">Its manifest or its list of problems cannot be read.</exception>
    public Task<IReadOnlyList<SideResource>> ReadAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        _hold ??= SnapshotHold.Share(snapshot.Path);
        _problems = SnapshotReader.ReadProblems(snapshot.Path).ToLookup(problem => (problem.Layer, problem.Resource.Split('/')[0]));
        _names = ResourceList.Read(snapshot.Path);
        SortedDictionary<string, List<ManifestEntry>> resources = _files = new(StringComparer.Ordinal);
        foreach (var line in ManifestLines.Read(snapshot.Path))
        {
            cancel.ThrowIfCancellationRequested();
            if (line.Entry is not { } entry) throw new StoreException(StoreFault.Damaged, $"{Path.Combine(snapshot.Path, SnapshotLayout.Manifest)}, line {line.Number}: {line.Fault}.");
            if (entry.Layer == SnapshotLayout.OwnLayer) continue;
            if (!resources.TryGetValue(entry.Resource, out var files)) resources.Add(entry.Resource, files = []);
            if (entry.Object is null) files.Add(entry);
            else if (SnapshotLayout.IsCurrentObject(entry)) _objects.Add(entry);
        }
        _cursor = _objects.Sorted().GetEnumerator();
        _hasObject = _cursor.MoveNext();
        return Task.FromResult<IReadOnlyList<SideResource>>([.. resources.Select(each => ToResource(each.Key, each.Value)).OfType<SideResource>()]);
    }

    /// <summary>All files of a resource but objects, those too that say nothing of their own; once it has been read.</summary>
    public IReadOnlyList<ManifestEntry> AllFiles(string resourceKey) => _files.GetValueOrDefault(resourceKey) ?? [];

    public async IAsyncEnumerable<SideObject> ObjectsAsync(Resource bucket, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        for (; _hasObject && string.CompareOrdinal(_cursor!.Current.Resource, bucket.Key) <= 0; _hasObject = _cursor.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            if (_cursor.Current.Resource == bucket.Key) yield return SnapshotObjects.ToObject(snapshot, _cursor.Current);
        }
    }

    public void Dispose()
    {
        _hold?.Dispose();
        _cursor?.Dispose();
        _objects.Dispose();
    }

    private SideResource? ToResource(string key, List<ManifestEntry> entries)
    {
        if (key.Split('/', 4) is not [var layer, var kind, var region, var id]) return null;
        var resource = _names!.GetValueOrDefault(key) ?? new() { Layer = layer, Kind = kind, Region = region, Id = id, Name = id };
        var rules = ComparisonRules.Of(layer);
        return new(
            resource, !_problems!.Contains((layer, resource.Name)),
            [.. entries.Where(entry => rules.Compares(entry.Path)).Select(entry => new SideFile(entry.Path, entry.Size, entry.Sha256, () => CapturedFile.Read(snapshot, entry)))]);
    }
}
