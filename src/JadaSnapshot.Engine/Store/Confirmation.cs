namespace JadaSnapshot.Engine.Store;

/// <summary>Which lines of the journal the snapshot is made of: those of this run, and those of resources that an earlier run captured and this one confirmed.</summary>
internal sealed class Confirmation(
    int run, JournalHistory history, IReadOnlyDictionary<string, byte> confirmed, IReadOnlyDictionary<string, JournalResource> captured)
{
    private readonly HashSet<(int Run, string Layer, string Name)> _names =
        [.. confirmed.Keys.Select(key => history.Captured[key]).Select(found => (found.Run, found.Resource.Layer, found.Resource.Name))];

    /// <summary>The resources that are captured.</summary>
    internal IEnumerable<JournalResource> Resources =>
        confirmed.Keys.Where(key => !captured.ContainsKey(key)).Select(key => history.Captured[key].Resource).Concat(captured.Values);

    internal bool Holds(string resource, int lineRun) =>
        lineRun == run || (confirmed.ContainsKey(resource) && history.Captured[resource].Run == lineRun);

    /// <summary>A problem that does not say whose it is belongs to the resource whose name it begins with.</summary>
    internal bool Holds(JournalProblem line, int lineRun)
    {
        if (lineRun == run) return true;
        if (line.Resource is { } key) return Holds(key, lineRun);
        var name = line.Problem.Resource;
        for (var end = name.Length; end > 0; end = name.LastIndexOf('/', end - 1))
            if (_names.Contains((lineRun, line.Problem.Layer, name[..end]))) return true;
        return false;
    }
}
