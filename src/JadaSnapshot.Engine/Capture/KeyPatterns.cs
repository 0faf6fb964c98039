using System.Text;
using System.Text.RegularExpressions;

namespace JadaSnapshot.Engine.Capture;

/// <summary>
/// Patterns of object keys as the <c>aws</c> command line reads them: <c>*</c> is anything, slashes too, <c>?</c> one
/// character, <c>[abc]</c> and <c>[!abc]</c> one of a set; a pattern is held against the whole key, letter case counts.
/// </summary>
public sealed class KeyPatterns
{
    private readonly Regex[] _patterns;

    private KeyPatterns(IEnumerable<string> patterns)
    {
        Texts = [.. patterns];
        _patterns = [.. Texts.Select(text => new Regex(ToExpression(text), RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking))];
    }

    /// <summary>Matches no key.</summary>
    public static KeyPatterns None { get; } = new([]);

    /// <summary>The patterns as they were given.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Reads patterns.</summary>
    public static KeyPatterns Of(IReadOnlyList<string> patterns) => patterns.Count == 0 ? None : new(patterns);

    /// <summary>Whether a key matches one of the patterns.</summary>
    public bool Match(string key)
    {
        foreach (var pattern in _patterns)
            if (pattern.IsMatch(key)) return true;
        return false;
    }

    private static string ToExpression(string pattern)
    {
        var expression = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var end = pattern[i] == '[' ? pattern.IndexOf(']', Math.Min(i + 2 + (i + 1 < pattern.Length && pattern[i + 1] == '!' ? 1 : 0), pattern.Length)) : -1;
            if (end > 0)
            {
                var set = pattern[(i + 1)..end];
                var negated = set.StartsWith('!');
                expression.Append('[').Append(negated ? "^" : "").Append(EscapeSet(negated ? set[1..] : set)).Append(']');
                i = end;
            }
            else expression.Append(pattern[i] switch { '*' => ".*", '?' => ".", var other => Regex.Escape(other.ToString()) });
        }
        return expression.Append(@"\z").ToString();
    }

    private static string EscapeSet(string set) => set.Replace(@"\", @"\\").Replace("[", @"\[").Replace("]", @"\]").Replace("^", @"\^");
}
