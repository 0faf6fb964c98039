namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Whether a bucket keeps old versions.</summary>
internal enum Versioning
{
    Never,
    Enabled,
    Suspended,
}

/// <summary>A bucket with what it holds. Whoever reads or changes it holds its <see cref="Lock"/>.</summary>
internal class Bucket(string name, string region, DateTimeOffset created)
{
    private readonly Dictionary<string, List<ObjectVersion>> _objects = new(StringComparer.Ordinal);
    private string[]? _keys;

    public Lock Lock { get; } = new();
    public string Name { get; } = name;
    public string Region { get; } = region;
    public DateTimeOffset Created { get; } = created;
    public Versioning Versioning { get; set; }

    /// <summary>Configuration documents as they were put, by sub-resource and, where there are several, id.</summary>
    public SortedDictionary<(string SubResource, string Id), byte[]> Documents { get; } = new(DocumentOrder);

    public Dictionary<string, MultipartUpload> Uploads { get; } = new(StringComparer.Ordinal);

    public virtual int KeyCount => Keys.Length;

    public virtual bool IsEmpty => _objects.Count == 0;

    public virtual string KeyAt(int index) => Keys[index];

    /// <summary>The versions of a key, oldest first.</summary>
    public virtual IReadOnlyList<ObjectVersion> Versions(string key) => _objects.GetValueOrDefault(key) ?? (IReadOnlyList<ObjectVersion>)[];

    /// <summary>The version that a plain GET reads; a delete marker may be it.</summary>
    public ObjectVersion? Latest(string key) => Versions(key) is [.., var latest] ? latest : null;

    /// <summary>Makes a version the latest. Without versioning, and while it is suspended, it takes the place of the version <c>null</c>.</summary>
    public virtual void Add(ObjectVersion version)
    {
        if (!_objects.TryGetValue(version.Key, out var versions))
        {
            _objects.Add(version.Key, versions = []);
            _keys = null;
        }
        if (version.VersionId == "null") versions.RemoveAll(old => old.VersionId == "null");
        versions.Add(version);
    }

    /// <summary>Puts another description in the place of a version that is there.</summary>
    public virtual void Replace(ObjectVersion version)
    {
        var versions = _objects[version.Key];
        versions[versions.FindIndex(old => old.VersionId == version.VersionId)] = version;
    }

    public virtual ObjectVersion? Remove(string key, string versionId)
    {
        if (!_objects.TryGetValue(key, out var versions)) return null;
        var index = versions.FindIndex(version => version.VersionId == versionId);
        if (index < 0) return null;
        var removed = versions[index];
        versions.RemoveAt(index);
        if (versions.Count == 0)
        {
            _objects.Remove(key);
            _keys = null;
        }
        return removed;
    }

    private string[] Keys => _keys ??= [.. _objects.Keys.Order(Utf8Order.Instance)];

    private static readonly Comparer<(string SubResource, string Id)> DocumentOrder = Comparer<(string SubResource, string Id)>.Create(static (left, right) =>
        string.CompareOrdinal(left.SubResource, right.SubResource) is var order and not 0 ? order : string.CompareOrdinal(left.Id, right.Id));
}
