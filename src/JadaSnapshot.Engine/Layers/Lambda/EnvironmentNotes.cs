namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Collects the variables of a function's versions while they pass by.</summary>
internal sealed class EnvironmentNotes(Func<string, string> fingerprint)
{
    private readonly SortedDictionary<string, List<(string Value, List<string> Versions)>> _variables = new(StringComparer.Ordinal);

    public void Add(string version, IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
        {
            if (!_variables.TryGetValue(name, out var values)) _variables.Add(name, values = []);
            var known = values.FindIndex(each => each.Value == value);
            if (known >= 0) values[known].Versions.Add(version);
            else values.Add((value, [version]));
        }
    }

    /// <summary>What is known by now; null where no version has a variable.</summary>
    public EnvironmentDocument? ToDocument(Resource function) => _variables.Count == 0 ? null : new()
    {
        Function = function.Name,
        Region = function.Region,
        Variables = [.. from variable in _variables from value in variable.Value select ToVariable(variable.Key, value.Value, value.Versions)],
    };

    private EnvironmentVariable ToVariable(string name, string value, IReadOnlyList<string> versions)
    {
        var (looksLike, reference) = ValueShape.Of(value);
        return new() { Name = name, Fingerprint = fingerprint(value), Versions = versions, LooksLike = looksLike, Reference = reference };
    }
}
