using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Sync;

/// <summary>One <c>-Include</c> or <c>-Exclude</c>.</summary>
/// <param name="Includes">Whether it lets keys in.</param>
/// <param name="Pattern">The pattern, as <see cref="KeyPatterns"/> reads it.</param>
public sealed record KeyRule(bool Includes, string Pattern);

/// <summary>Rules in the order in which they were given: everything is in until a rule says otherwise, and the last that matches decides, as the <c>aws</c> command line has it.</summary>
internal sealed class KeyFilter(IEnumerable<KeyRule> rules)
{
    private readonly (bool Includes, KeyPatterns Pattern)[] _rules = [.. rules.Select(rule => (rule.Includes, KeyPatterns.Of([rule.Pattern]))).Reverse()];

    public bool Wants(string key)
    {
        foreach (var (includes, pattern) in _rules)
            if (pattern.Match(key)) return includes;
        return true;
    }
}
