using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace JadaSnapshot.Completion;

/// <summary>The values of parameters that have been typed already, also by a splatted variable, and those that the session gives by <c>$PSDefaultParameterValues</c>.</summary>
internal sealed class TypedParameters
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly CmdletInfo? _command;

    public TypedParameters(CmdletInfo? command, CommandAst ast, IDictionary bound, SessionState session)
    {
        _command = command;
        AddAll(bound);
        foreach (var variable in ast.CommandElements.OfType<VariableExpressionAst>().Where(variable => variable.Splatted))
            AddAll(Bare(session.PSVariable.GetValue(variable.VariablePath.UserPath)) as IDictionary);
        foreach (DictionaryEntry preset in Bare(session.PSVariable.GetValue("PSDefaultParameterValues")) as IDictionary ?? new Hashtable())
            if ($"{preset.Key}".Split(':') is [var pattern, var name] && WildcardPattern.Get(pattern.Trim(), WildcardOptions.IgnoreCase).IsMatch(command?.Name ?? "")) Add(name.Trim(), preset.Value);
    }

    /// <summary>Whether the command has such a parameter.</summary>
    public bool Knows(string name) => _command?.Parameters.ContainsKey(name) == true;

    public bool Has(string name) => _values.ContainsKey(name);

    public object? Value(string name) => Bare(_values.GetValueOrDefault(name));

    public string? Text(string name) => Value(name) is { } value && $"{value}" is { Length: > 0 } text ? text : null;

    public string[]? Texts(string name) => Value(name) is { } value ? LanguagePrimitives.ConvertTo<string[]>(value) : null;

    private void AddAll(IDictionary? values)
    {
        foreach (DictionaryEntry each in values ?? new Hashtable()) Add($"{each.Key}", each.Value);
    }

    // What was typed goes before what was splatted, and that before what is preset.
    private void Add(string name, object? value)
    {
        var parameter = _command?.Parameters.Values.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || each.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (Bare(value) is not (null or ScriptBlock)) _values.TryAdd(parameter?.Name ?? name, value);
    }

    private static object? Bare(object? value) => value is PSObject { BaseObject: var inner and not PSCustomObject } ? inner : value;
}
