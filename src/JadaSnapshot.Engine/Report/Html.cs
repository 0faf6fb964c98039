using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace JadaSnapshot.Engine.Report;

/// <summary>A piece of markup. It comes to be only from markup that stands in the code, so text of others is never taken for it.</summary>
internal readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Markup; what is put into it is text, and escaped.</summary>
    public static Html Of(ref Markup markup) => new(markup.Page.ToString());

    /// <summary>Each piece behind the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece._markup)));

    public override string ToString() => _markup ?? "";
}

/// <summary>A relative address of what lies at a path, within an attribute.</summary>
/// <param name="Root">What leads to the folder that the path begins in; an address already, with a slash at the end, or empty.</param>
/// <param name="Path">The path, with forward slashes.</param>
internal readonly record struct Address(string Root, string Path)
{
    public override string ToString() => Root + string.Join('/', Path.Split('/').Select(Uri.EscapeDataString));
}

/// <summary>A page while it is written.</summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup; what is put into it is text, and escaped.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Markup markup) => Debug.Assert(markup.Page == this, "The text was written elsewhere.");

    /// <summary>Adds a file of our own as it stands.</summary>
    public void AddOwn(string text) => _text.Append(text);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    internal void AddText(string? text) => HtmlText.Append(_text, text ?? "");
}

/// <summary>
/// Writes an interpolated text as markup. There is no way in for any other type: a number is written in plain digits, and whatever is text is escaped.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct Markup
{
    public Markup(int literalLength, int formattedCount, HtmlPage page) => Page = page;

    public Markup(int literalLength, int formattedCount) => Page = new();

    public HtmlPage Page { get; }

    public void AppendLiteral(string markup) => Page.AddOwn(markup);

    public void AppendFormatted(string? text) => Page.AddText(text);

    public void AppendFormatted(Html markup) => Page.AddOwn(markup.ToString());

    public void AppendFormatted(Address address) => Page.AddOwn(HtmlText.Escape(address.ToString()));

    public void AppendFormatted(long number) => Page.AddOwn(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(double number) => Page.AddOwn(number.ToString("0.##", CultureInfo.InvariantCulture));
}
