using System.Globalization;

namespace JadaSnapshot.Engine.Report;

/// <summary>Small pieces that several sections are made of.</summary>
internal static class ReportParts
{
    public static Html Nothing => default;

    /// <summary>Begins a section.</summary>
    public static void Section(this HtmlPage page, string id, string title, string? remark = null) =>
        page.Add($"<section id=\"{id}\"><h2>{title}</h2>\n{(remark is null ? Nothing : Html.Of($"<p class=remark>{remark}</p>\n"))}");

    public static void EndSection(this HtmlPage page) => page.Add($"</section>\n");

    /// <summary>A name with a link to its folder, where it has one.</summary>
    public static Html Link(ReportSource source, string? folder, string name) =>
        folder is { Length: > 0 } ? Html.Of($"<a href=\"{new Address(source.Root, folder)}\">{name}</a>") : Html.Of($"{name}");

    /// <summary>A word about a state. The tone is a class of the style sheet: <c>good</c>, <c>warn</c>, <c>bad</c>, or none.</summary>
    public static Html Mark(string word, string tone = "") => Html.Of($"<span class=\"mark {tone}\">{word}</span>");

    /// <summary>A bar, drawn as long as a part is of a whole.</summary>
    public static Html Bar(long part, long whole, string title)
    {
        var width = whole > 0 && part > 0 ? Math.Max(100.0 * part / whole, 0.5) : 0;
        return Html.Of($"<svg class=bar viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=img><title>{title}</title><rect class=track width=\"100\" height=\"10\"/><rect class=fill width=\"{width}\" height=\"10\"/></svg>");
    }

    /// <summary>A part of a whole in per cent.</summary>
    public static string Share(long part, long whole) =>
        whole <= 0 ? "0 %" : part > 0 && part * 100.0 / whole < 0.1 ? "under 0.1 %" : (part * 100.0 / whole).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>Says that there is more than is shown.</summary>
    public static Html More(long count, string what) => count <= 0 ? Nothing : Html.Of($"<p class=more>and {ReportText.Number(count)} more {what}</p>\n");
}
