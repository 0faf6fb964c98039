using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Connections;

/// <summary>Script projects by the names that they are to have. Google lists none, so their ids have to be given.</summary>
internal sealed partial class ScriptProjects
{
    private readonly Dictionary<string, string> _projects = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, string> ByName => _projects;

    /// <summary>Reads what <c>-ScriptProject</c> takes: a hashtable of names and ids, ids alone, or objects with both.</summary>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static ScriptProjects Read(object[]? given)
    {
        var projects = new ScriptProjects();
        foreach (var item in given ?? [])
            if ((item is PSObject wrapped ? wrapped.BaseObject : item) is IDictionary pairs)
                foreach (DictionaryEntry pair in pairs) projects.Add($"{pair.Value}", $"{pair.Key}");
            else if (PSObject.AsPSObject(item).Properties["ScriptId"]?.Value is string id) projects.Add(id, PSObject.AsPSObject(item).Properties["Name"]?.Value as string);
            else projects.Add($"{item}", null);
        return projects;
    }

    /// <summary>Adds projects by their ids, with a name for each or for none.</summary>
    /// <param name="ids">The ids, or names of declared projects; null for all that are declared.</param>
    /// <param name="names">What to call them.</param>
    /// <param name="declared">The projects of the estate file.</param>
    /// <returns>The ids; null where none was given and none is declared.</returns>
    /// <exception cref="UsageException">An id is none, or names are missing or double.</exception>
    public string[]? Add(string[]? ids, string[]? names, IReadOnlyDictionary<string, string>? declared)
    {
        if (ids is null) return declared is { Count: > 0 } ? [.. declared.Select(project => Add(project.Value, project.Key))] : null;
        if (names is null && declared is not null)
            return [.. ids.Select(given => declared.FirstOrDefault(project => project.Key.Equals(given, StringComparison.OrdinalIgnoreCase) || project.Value == given) is { Key: { } name } project
                ? Add(project.Value, name) : Add(given, null))];

        if (names is not null && names.Length != ids.Length)
            throw new UsageException("ScriptProjectNames", $"There are {ids.Length} script ids and {names.Length} names.", "Give a name for each id, in the same order, or none.");
        return [.. ids.Select((id, index) => Add(id, names?[index]))];
    }

    private string Add(string given, string? name)
    {
        var id = Address().Match(given) is { Success: true } address ? address.Groups[1].Value : given;
        if (!Id().IsMatch(id)) throw new UsageException("ScriptIdInvalid", $"'{given}' is not a script id.", "Take it from the project's settings in the script editor, or from its address.");
        name ??= id;
        if (!_projects.TryAdd(name, id) && _projects[name] != id)
            throw new UsageException("ScriptProjectNames", $"Two script projects are called '{name}'.", "Give each a name of its own.");
        if (_projects.Values.Count(other => other == id) > 1)
            throw new UsageException("ScriptProjectNames", $"The script project {id} has two names.", "Give it one.");
        return id;
    }

    [GeneratedRegex("^https://script\\.google\\.com/(?:.*/)?(?:d|projects)/([\\w-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
