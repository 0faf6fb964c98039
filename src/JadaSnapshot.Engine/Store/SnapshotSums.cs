namespace JadaSnapshot.Engine.Store;

/// <summary>Sums up a snapshot as its files and problems pass by. What it remembers grows with the number of resources, not with that of objects.</summary>
internal sealed class SnapshotSums
{
    private readonly Dictionary<string, ResourceSums> _resources = new(StringComparer.Ordinal);

    /// <summary>Each resource that has files, by its key.</summary>
    public IReadOnlyDictionary<string, ResourceSums> Resources => _resources;

    /// <summary>What could not be captured.</summary>
    public ProblemSums Problems { get; } = new();

    /// <summary>How much the objects of each bucket come to, by the bucket's key; without those that have none.</summary>
    public IReadOnlyDictionary<string, ObjectTotals> Objects =>
        _resources.Where(each => each.Value.ObjectCount > 0).ToDictionary(each => each.Key, each => new ObjectTotals(each.Value.ObjectCount, each.Value.ObjectBytes), StringComparer.Ordinal);

    /// <summary>Counts a file. Documents come in the order of their paths.</summary>
    public void Add(ManifestEntry file)
    {
        if (file.Layer == SnapshotLayout.OwnLayer) return;
        if (!_resources.TryGetValue(file.Resource, out var sums)) _resources.Add(file.Resource, sums = new());
        sums.Add(file);
    }
}

/// <summary>What a snapshot holds of one resource.</summary>
internal sealed class ResourceSums
{
    private const int MostFolders = 1000;

    private readonly Dictionary<string, ObjectTotals> _folders = new(StringComparer.Ordinal);

    /// <summary>The number of files, objects among them.</summary>
    public long FileCount { get; private set; }

    /// <summary>Their size in bytes.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>The number of objects that a bucket shows.</summary>
    public long ObjectCount { get; private set; }

    /// <summary>Their size in bytes.</summary>
    public long ObjectBytes { get; private set; }

    /// <summary>Whether its objects lie in S3 as copies.</summary>
    public bool IsKeptInS3 { get; private set; }

    /// <summary>The folder in which its files lie, with a slash at the end; of a bucket that of its objects.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>The objects by what their keys begin with, up to the first slash; those without one by the empty text. Null where that would be too many to tell.</summary>
    public IReadOnlyDictionary<string, ObjectTotals>? Folders => _folders.Count > MostFolders ? null : _folders;

    public void Add(ManifestEntry file)
    {
        FileCount++;
        TotalBytes += file.Size;
        if (file.Copies is { } copies) (IsKeptInS3, ObjectCount, ObjectBytes) = (true, ObjectCount + copies.ObjectCount, ObjectBytes + copies.TotalBytes);
        if (SnapshotLayout.IsCurrentObject(file)) AddObject(file.Path, file.Object!.Key, file.Size);
        else if (_folders.Count == 0 && file.Object is null) Folder = Folder.Length == 0 ? file.Path[..(file.Path.LastIndexOf('/') + 1)] : Common(Folder, file.Path);
    }

    private void AddObject(string path, string key, long size)
    {
        ObjectCount++;
        if (_folders.Count == 0) Folder = Beginning(path);
        ObjectBytes += size;
        if (_folders.Count > MostFolders) return;
        var folder = key[..(key.IndexOf('/', StringComparison.Ordinal) + 1)];
        var sum = _folders.GetValueOrDefault(folder) ?? new(0, 0);
        _folders[folder] = new(sum.ObjectCount + 1, sum.TotalBytes + size);
    }

    // What lies in two places is looked for in the first.
    private static string Common(string folder, string path)
    {
        var common = folder[..(folder.AsSpan(0, folder.AsSpan().CommonPrefixLength(path)).LastIndexOf('/') + 1)];
        return common.AsSpan().Count('/') < 2 ? folder : common;
    }

    private static string Beginning(string path) => path[..(path.IndexOf('/', path.IndexOf('/', StringComparison.Ordinal) + 1) + 1)];
}
