using System.Management.Automation;
using System.Management.Automation.Language;

namespace JadaSnapshot.Completion;

/// <summary>The word at the cursor, as far as it was typed.</summary>
internal sealed class TypedWord
{
    private readonly bool _takesWildcards;
    private readonly char _quote;
    private readonly string _begin;
    private readonly WildcardPattern? _pattern;

    /// <summary>Reads a word.</summary>
    /// <param name="raw">What was typed, with its quotes.</param>
    /// <param name="takesWildcards">Whether what is completed is a pattern.</param>
    public TypedWord(string raw, bool takesWildcards)
    {
        _takesWildcards = takesWildcards;
        _quote = raw is ['\'' or '"', ..] ? raw[0] : '\0';
        var text = _quote == '\0' ? raw : raw.Trim(_quote).Replace($"{_quote}{_quote}", $"{_quote}", StringComparison.Ordinal);
        _begin = takesWildcards ? WildcardPattern.Unescape(text) : text;
        _pattern = takesWildcards && WildcardPattern.ContainsWildcardCharacters(text) ? WildcardPattern.Get(text + "*", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant) : null;
    }

    /// <summary>Whether a name begins with what was typed.</summary>
    public bool IsBeginOf(string name) => name.StartsWith(_begin, StringComparison.OrdinalIgnoreCase) || Matches(name);

    /// <summary>A name as it has to stand in a command line, in the quotes that were begun, or in such as it needs.</summary>
    public string Quote(string name)
    {
        var text = _takesWildcards ? WildcardPattern.Escape(name) : name;
        return _quote switch
        {
            '"' => $"\"{string.Concat(text.Select(character => character is '"' or '$' or '`' || IsCurly(character) ? $"`{character}" : $"{character}"))}\"",
            '\0' when IsBareWord(text) => text,
            _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'",
        };
    }

    // A bracket that is not closed yet makes no pattern.
    private bool Matches(string name)
    {
        try
        {
            return _pattern?.IsMatch(name) == true;
        }
        catch (WildcardPatternException)
        {
            return false;
        }
    }

    /// <summary>Whether PowerShell itself reads a text as a word that means just that.</summary>
    private static bool IsBareWord(string text) =>
        Parser.ParseInput($"x {text}", out _, out var errors) is
        { EndBlock.Statements: [PipelineAst { PipelineElements: [CommandAst { CommandElements: [_, StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } word], Redirections.Count: 0 }] }] }
        && errors.Length == 0 && word.Value == text;

    // PowerShell takes typographic quotes for quotes.
    private static bool IsCurly(char character) => character is '\u201c' or '\u201d' or '\u201e';
}
