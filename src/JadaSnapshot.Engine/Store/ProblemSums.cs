namespace JadaSnapshot.Engine.Store;

/// <summary>Problems of one layer that failed in the same way.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Operation">The operation that failed.</param>
/// <param name="ErrorCode">The code of the error.</param>
internal sealed record ProblemGroup(string Layer, string Operation, string ErrorCode)
{
    /// <summary>How many they are.</summary>
    public long Count { get; set; }

    /// <summary>The first of them.</summary>
    public List<Problem> First { get; } = [];
}

/// <summary>Gathers problems that failed in the same way, however many they are.</summary>
internal sealed class ProblemSums
{
    private const int MostGroups = 200, MostOfGroup = 100;

    private readonly Dictionary<(string Layer, string Operation, string ErrorCode), ProblemGroup> _groups = [];
    private readonly HashSet<(string Layer, string Name)> _names = [];

    /// <summary>The number of all.</summary>
    public long Count { get; private set; }

    /// <summary>The groups: layer after layer, in each the largest first.</summary>
    public IReadOnlyList<ProblemGroup> Groups =>
    [
        .. _groups.Values.OrderBy(group => group.Layer, StringComparer.Ordinal).ThenByDescending(group => group.Count)
            .ThenBy(group => group.Operation, StringComparer.Ordinal).ThenBy(group => group.ErrorCode, StringComparer.Ordinal),
    ];

    /// <summary>Whether something of a resource could not be captured.</summary>
    public bool IsAbout(Resource resource) => _names.Contains((resource.Layer, resource.Name));

    public void Add(Problem problem)
    {
        Count++;
        // Behind a slash stands what in the resource it is about; there may be a million of those.
        _names.Add((problem.Layer, problem.Resource.Split('/')[0]));
        var key = (problem.Layer, problem.Operation, problem.ErrorCode);
        if (!_groups.TryGetValue(key, out var group))
        {
            if (_groups.Count == MostGroups) return;
            _groups.Add(key, group = new(problem.Layer, problem.Operation, problem.ErrorCode));
        }
        group.Count++;
        if (group.First.Count < MostOfGroup) group.First.Add(problem);
    }
}

/// <summary>Knows the problems that were told of already.</summary>
internal sealed class DistinctProblems
{
    private readonly PathHashSet _seen = new();

    /// <summary>Whether a problem is another than all before it.</summary>
    public bool Add(Problem problem) => _seen.Add(PathHash.Of(string.Join('\n', problem.Layer, problem.Resource, problem.Operation, problem.ErrorCode)));
}
