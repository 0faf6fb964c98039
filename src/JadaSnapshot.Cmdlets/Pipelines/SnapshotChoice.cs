using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Pipelines;

/// <summary>The snapshots that are to be removed, gathered from names, paths and objects, store by store.</summary>
internal sealed class SnapshotChoice
{
    private readonly List<(string Store, string Name)> _names = [];
    private readonly Dictionary<string, string> _storesByPath = new(StringComparer.Ordinal);

    public bool IsEmpty => _names.Count == 0 && _storesByPath.Count == 0;

    /// <summary>Adds a snapshot.</summary>
    public void Add(Snapshot snapshot) => _storesByPath[snapshot.Path] = snapshot.Store;

    /// <summary>Adds a name in a store, which may be a pattern.</summary>
    public void Add(string store, string name) => _names.Add((store, name));

    /// <summary>Adds a path, of which the last part may be a pattern.</summary>
    public void Add(string path) => Add(Path.GetDirectoryName(path) ?? path, Path.GetFileName(path));

    /// <summary>What is meant of each store; all of the given one, or of its unfinished ones, where nothing was named.</summary>
    public IEnumerable<RemovalRequest> ToRequests(string store, bool onlyUnfinished)
    {
        if (IsEmpty) return [new() { Store = store, IsMeant = snapshot => !onlyUnfinished || snapshot.Status == SnapshotStatus.Unfinished }];
        return _names.Select(name => name.Store).Concat(_storesByPath.Values).Distinct(StringComparer.Ordinal).Select(place =>
        {
            string[] names = [.. _names.Where(name => name.Store == place).Select(name => name.Name)];
            // An exact name is that name: another in other letters is another snapshot.
            var patterns = names.Where(name => !IsExact(name)).ToList() is { Count: > 0 } wild ? new NamePatterns(wild) : null;
            return new RemovalRequest { Store = place, IsMeant = snapshot => IsNamed(snapshot) || patterns?.Match(snapshot.Name) == true, IsNamed = IsNamed };

            bool IsNamed(Snapshot snapshot) => _storesByPath.ContainsKey(snapshot.Path) || names.Any(name => Means(name, snapshot.Name, snapshot.Path));
        });
    }

    /// <summary>The exact names of a store that nothing in it has.</summary>
    public IEnumerable<string> NotIn(string store, RemovalPlan plan) =>
        from name in _names
        where name.Store == store && IsExact(name.Name) && !plan.Snapshots.Any(snapshot => Means(name.Name, snapshot.Name, snapshot.Path))
        select name.Name;

    private static bool IsExact(string name) => !System.Management.Automation.WildcardPattern.ContainsWildcardCharacters(name);

    private static bool Means(string name, string snapshot, string path) => name == snapshot || name == Path.GetFileName(path);
}
