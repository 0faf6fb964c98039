using System.Collections;
using System.Management.Automation;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Connections;

/// <summary>Reads <c>-LocalRoot</c>.</summary>
internal static class LocalRoots
{
    private static readonly string[] Members = ["Name", "Path", "Include", "Exclude", "UseGitIgnore", "NotSecret"];

    /// <summary>Reads a hashtable of names and paths, paths alone, or hashtables and objects that say more.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="toFullPath">Makes a path of PowerShell's a full one.</param>
    /// <exception cref="UsageException">It is none of these, or two have one name.</exception>
    public static IReadOnlyList<LocalRoot> Read(object[]? given, Func<string, string> toFullPath) =>
        Distinct([.. (given ?? []).SelectMany(item => Roots(item is PSObject { BaseObject: var inner and not PSCustomObject } ? inner : item)).Select(item => Root(item.Name, item.Value, toFullPath))]);

    /// <summary>Refuses two roots of one name.</summary>
    /// <exception cref="UsageException">There are.</exception>
    public static IReadOnlyList<LocalRoot> Distinct(IReadOnlyList<LocalRoot> roots) =>
        roots.GroupBy(root => root.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } same
            ? throw new UsageException("LocalRootNames", $"Two local roots are called '{same.Key}'.", "Give each a name of its own.")
            : roots;

    /// <summary>The name of a root that was given none.</summary>
    /// <exception cref="UsageException">Its path has no last part.</exception>
    public static string NameOf(string path) =>
        Path.GetFileName(path) is { Length: > 0 } name ? name : throw new UsageException("LocalRootNames", $"'{path}' has no last part to be called by.", "Give the root a name.");

    private static IEnumerable<(string? Name, object? Value)> Roots(object item) =>
        item is IDictionary pairs && !pairs.Keys.Cast<object>().Any(key => "Path".Equals($"{key}", StringComparison.OrdinalIgnoreCase))
            ? pairs.Cast<DictionaryEntry>().Select(pair => ((string?)$"{pair.Key}", pair.Value))
            : [(null, item)];

    private static LocalRoot Root(string? name, object? value, Func<string, string> toFullPath)
    {
        var bare = value is PSObject { BaseObject: var inner and not PSCustomObject } ? inner : value;
        if (bare is IDictionary pairs && pairs.Keys.Cast<object>().FirstOrDefault(key => !Members.Contains($"{key}", StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new UsageException("LocalRootInvalid", $"A local root has no '{unknown}'.", $"It has {string.Join(", ", Members)}.");
        var path = bare as string ?? Member(value, "FullName") as string ?? Member(value, "Path") as string;
        if (string.IsNullOrWhiteSpace(path)) throw new UsageException("LocalRootInvalid", $"The local root '{name ?? $"{value}"}' has no path.", "Give a path, or a hashtable with Path.");
        var full = toFullPath(path);
        return new()
        {
            Name = name ?? Member(value, "Name") as string ?? NameOf(full),
            Path = full,
            Include = Texts(Member(value, "Include")),
            Exclude = Texts(Member(value, "Exclude")),
            UseGitIgnore = LanguagePrimitives.IsTrue(Member(value, "UseGitIgnore")),
            NotSecret = Texts(Member(value, "NotSecret")),
        };
    }

    private static object? Member(object? value, string name)
    {
        if ((value is PSObject wrapped ? wrapped.BaseObject : value) is IDictionary pairs)
            return pairs.Cast<DictionaryEntry>().FirstOrDefault(pair => name.Equals($"{pair.Key}", StringComparison.OrdinalIgnoreCase)).Value;
        return value is null or string ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
    }

    private static IReadOnlyList<string> Texts(object? value) => value switch
    {
        null => [],
        PSObject { BaseObject: var inner and not PSCustomObject } => Texts(inner),
        string text => [text],
        IEnumerable several => [.. several.Cast<object>().Select(each => $"{each}")],
        _ => [$"{value}"],
    };
}
