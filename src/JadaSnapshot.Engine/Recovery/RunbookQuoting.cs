using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Puts names of any kind into commands and into Markdown so that they are read as nothing but names.</summary>
internal static class RunbookQuoting
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A command for a POSIX shell; each hole becomes one word.</summary>
    public static string Shell(FormattableString command) => Fill(command, word => word is JsonNode json ? ShellWord(ToJson(json)) : ShellWord(Text(word)));

    /// <summary>A command for PowerShell; each hole becomes one argument.</summary>
    public static string PowerShell(FormattableString command) => Fill(command, argument => PowerShellArgument(Text(argument)));

    /// <summary>One word of a POSIX shell. What cannot be seen stands in octal (bash, zsh and ksh read <c>$'…'</c>), so that nothing is hidden and no line broken.</summary>
    public static string ShellWord(string text)
    {
        if (text.Length > 0 && text[0] is not ('-' or '~' or '=') && text.All(IsPlain)) return text;
        return text.EnumerateRunes().Any(UnseenText.Is)
            ? $"$'{string.Concat(text.EnumerateRunes().Select(Escape))}'"
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

        static string Escape(Rune rune) => rune.Value switch
        {
            '\'' => @"\'",
            '\\' => @"\\",
            _ when UnseenText.Is(rune) => string.Concat(Encoding.UTF8.GetBytes(rune.ToString()).Select(octet => "\\" + Convert.ToString(octet, 8).PadLeft(3, '0'))),
            _ => rune.ToString(),
        };
    }

    /// <summary>One argument of a PowerShell command. PowerShell takes typographic quotes for quotes.</summary>
    public static string PowerShellArgument(string text)
    {
        if (text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or ':')) return text;
        return text.EnumerateRunes().Any(UnseenText.Is)
            ? $"\"{string.Concat(text.EnumerateRunes().Select(rune => UnseenText.Is(rune) || rune.Value is '"' or '$' or '`' or '\u201C' or '\u201D' or '\u201E' ? $"`u{{{rune.Value:x}}}" : rune.ToString()))}\""
            : $"'{string.Concat(text.Select(letter => letter is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? $"{letter}{letter}" : $"{letter}"))}'";
    }

    /// <summary>A name within Markdown text. Nothing in it is markup, and what cannot be seen stands as its code point.</summary>
    public static string Markdown(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune switch
    {
        _ when UnseenText.Is(rune) => $"<U+{rune.Value:X4}>".Replace("<", "\\<", StringComparison.Ordinal),
        { IsAscii: true } when "\\`*_[]<>&#|~!".Contains((char)rune.Value, StringComparison.Ordinal) => "\\" + rune,
        _ => rune.ToString(),
    }));

    /// <summary>A request in one line. What cannot be seen is escaped in it.</summary>
    public static string ToJson(JsonNode request) => string.Concat(request.ToJsonString(Json).EnumerateRunes().Select(rune =>
        UnseenText.Is(rune) ? string.Concat(rune.ToString().Select(unit => $"\\u{(int)unit:x4}")) : rune.ToString()));

    private static string Fill(FormattableString command, Func<object?, string> quote) =>
        string.Format(CultureInfo.InvariantCulture, command.Format, [.. command.GetArguments().Select(quote)]);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or ':' or '@' or '%' or '+' or ',' or '=';
}
