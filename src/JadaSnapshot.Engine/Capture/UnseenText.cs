using System.Globalization;
using System.Text;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Tells what would not be seen, or would turn the text around it, where a name is shown.</summary>
internal static class UnseenText
{
    /// <summary>A text with blanks in their place.</summary>
    public static string Without(string text) => string.Concat(text.EnumerateRunes().Select(rune => Is(rune) ? " " : rune.ToString()));

    /// <summary>Whether a character is such.</summary>
    public static bool Is(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;
}
