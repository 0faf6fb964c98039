using System.Globalization;
using System.Text;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Report;

/// <summary>The one place where text becomes a part of a page, between tags and in quoted attributes alike.</summary>
internal static class HtmlText
{
    /// <summary>How much is shown of a text; a page is to be read, and what it tells of may be a megabyte.</summary>
    public const int Longest = 400;

    /// <summary>Adds a text. Nothing in it is markup, what cannot be seen stands as its code point, and too long a one is cut.</summary>
    public static void Append(StringBuilder page, string text)
    {
        var shown = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown >= Longest)
            {
                page.Append("… (").Append(ReportText.Number(text.Length - shown)).Append(" more characters)");
                return;
            }
            shown += rune.Utf16SequenceLength;
            Append(page, rune);
        }
    }

    /// <summary>A text in full, with nothing in it that is markup.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (var rune in text.EnumerateRunes()) Append(escaped, rune);
        return escaped.ToString();
    }

    private static void Append(StringBuilder page, Rune rune)
    {
        switch (rune.Value)
        {
            case '&': page.Append("&amp;"); break;
            case '<': page.Append("&lt;"); break;
            case '>': page.Append("&gt;"); break;
            case '"': page.Append("&quot;"); break;
            case '\'': page.Append("&#39;"); break;
            default:
                if (UnseenText.Is(rune)) page.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩");
                else page.Append(rune.ToString());
                break;
        }
    }
}
