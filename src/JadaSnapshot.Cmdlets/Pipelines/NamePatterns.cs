using System.Management.Automation;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Pipelines;

/// <summary>Names with wildcards, as a <c>-Name</c> parameter takes them. None at all matches everything.</summary>
internal sealed class NamePatterns(IEnumerable<string>? patterns)
{
    private readonly List<Pattern> _patterns = [.. (patterns ?? []).Select(text => new Pattern(text))];

    /// <summary>Whether a name is wanted.</summary>
    public bool Match(string name)
    {
        var wanted = _patterns.Count == 0;
        foreach (var pattern in _patterns) wanted |= pattern.Match(name);
        return wanted;
    }

    /// <summary>Whether a resource is wanted by one of its names, its id or its ARN.</summary>
    public bool Match(Resource resource)
    {
        // No pattern goes unasked once another matches: each has to know whether it matched.
        var wanted = false;
        foreach (var name in (string?[])[resource.Name, resource.Id, resource.Arn, .. resource.OtherNames]) wanted |= name is not null && Match(name);
        return wanted;
    }

    /// <summary>Says of each exact name that nothing had it.</summary>
    /// <param name="pipeline">Where it is said.</param>
    /// <param name="toError">What is said of a name.</param>
    public void ReportUnmatched(PipelineWriter pipeline, Func<string, Exception> toError)
    {
        foreach (var name in Unmatched) pipeline.Error(toError(name).ToErrorRecord(name));
    }

    /// <summary>The exact names that were asked for and that nothing had.</summary>
    public IEnumerable<string> Unmatched =>
        from pattern in _patterns where pattern is { HasMatched: false, IsExact: true } select pattern.Text;

    /// <summary>Whether names were asked for and nothing had any of them.</summary>
    public bool IsUnmatched => _patterns.Count > 0 && _patterns.TrueForAll(pattern => !pattern.HasMatched);

    private sealed class Pattern(string text)
    {
        private readonly WildcardPattern _wildcard = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

        public string Text => text;

        public bool IsExact { get; } = !WildcardPattern.ContainsWildcardCharacters(text);

        public bool HasMatched { get; private set; }

        public bool Match(string name)
        {
            var matches = _wildcard.IsMatch(name);
            if (matches) HasMatched = true;
            return matches;
        }
    }
}
