using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Compare;

/// <summary>A snapshot as a side of a comparison. Nothing in it is believed that its manifest's reader does not let through.</summary>
internal sealed class SnapshotSide(Snapshot snapshot) : IEstateSide, IDisposable
{
    private const int SortRunSize = 50_000;

    private readonly ExternalSort<ManifestEntry> _objects = new(Path.GetTempPath(), SortRunSize, CompareObjects, StoreJson.Lines.ManifestEntry);
    private IEnumerator<ManifestEntry>? _cursor;
    private bool _hasObject;
    private IReadOnlyDictionary<string, Resource>? _names;
    private ILookup<(string Layer, string Resource), Problem>? _problems;

    public string Name => snapshot.Name;

    public IReadOnlyList<string> Layers { get; } = [.. snapshot.Layers.Select(layer => layer.Name).Where(name => name != SnapshotLayout.OwnLayer)];

    // What could not be captured is noted by the names of things: of a layer that could not be listed there is none, or its region's.
    public bool IsListed(string layer) => !_problems!.Contains((layer, "")) && !_problems.Any(problems => problems.Key.Layer == layer && snapshot.Regions.Contains(problems.Key.Resource));

    /// <exception cref="StoreException">Its manifest or its list of problems cannot be read.</exception>
    public Task<IReadOnlyList<SideResource>> ReadAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        _problems = SnapshotReader.ReadProblems(snapshot.Path).ToLookup(problem => (problem.Layer, problem.Resource.Split('/')[0]));
        _names = ResourceList.Read(snapshot.Path);
        SortedDictionary<string, List<ManifestEntry>> resources = new(StringComparer.Ordinal);
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

    public async IAsyncEnumerable<SideObject> ObjectsAsync(Resource bucket, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        for (; _hasObject && string.CompareOrdinal(_cursor!.Current.Resource, bucket.Key) <= 0; _hasObject = _cursor.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            if (_cursor.Current.Resource == bucket.Key) yield return ToObject(_cursor.Current);
        }
    }

    public void Dispose()
    {
        _cursor?.Dispose();
        _objects.Dispose();
    }

    private static int CompareObjects(ManifestEntry x, ManifestEntry y) =>
        string.CompareOrdinal(x.Resource, y.Resource) is var order and not 0 ? order : Utf8Order.Instance.Compare(x.Object!.Key, y.Object!.Key);

    private static SideObject ToObject(ManifestEntry entry) => new()
    {
        Key = entry.Object!.Key,
        Size = entry.Size,
        ETag = entry.Object.ETag,
        LastModified = entry.Object.LastModified,
        Sha256 = entry.Sha256,
        Record = entry.Object,
        DescribeAsync = _ => Task.FromResult(entry.Object),
        DigestAsync = _ => Task.FromResult(entry.Sha256),
    };

    private SideResource? ToResource(string key, List<ManifestEntry> entries)
    {
        if (key.Split('/', 4) is not [var layer, var kind, var region, var id]) return null;
        var resource = _names!.GetValueOrDefault(key) ?? new() { Layer = layer, Kind = kind, Region = region, Id = id, Name = id };
        var rules = ComparisonRules.Of(layer);
        return new(
            resource, !_problems!.Contains((layer, resource.Name)),
            [.. entries.Where(entry => rules.Compares(entry.Path)).Select(entry => new SideFile(entry.Path, entry.Size, entry.Sha256, () => SnapshotDocument.Read(snapshot, entry)))]);
    }
}
