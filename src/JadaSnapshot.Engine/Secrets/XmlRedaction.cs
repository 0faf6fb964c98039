using System.Security;
using System.Text;
using System.Xml;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>Replaces the content of single elements in an XML document and leaves every other byte as it is.</summary>
internal static class XmlRedaction
{
    /// <summary>Says what stands in place of an element's text; null keeps it. The path holds local names.</summary>
    public delegate string? Replacement(ReadOnlySpan<string> path, string value);

    /// <exception cref="XmlException">The document is none.</exception>
    public static byte[] Replace(byte[] document, Replacement replacement)
    {
        var text = Encoding.UTF8.GetString(document);
        var lines = new Lines(text);
        var result = new StringBuilder(text.Length + 64);
        List<string> path = [];
        var (copied, contentStart) = (0, 0);
        var value = new StringBuilder();
        using var characters = new StringReader(text);
        if (text.StartsWith('\uFEFF')) characters.Read();
        using var reader = XmlReader.Create(characters, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var position = (IXmlLineInfo)reader;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when !reader.IsEmptyElement:
                    path.Add(reader.LocalName);
                    contentStart = EndOfTag(text, lines.Offset(position));
                    value.Clear();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    value.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    if (value.Length > 0 && replacement(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(path), value.ToString()) is { } replaced)
                    {
                        result.Append(text, copied, contentStart - copied).Append(SecurityElement.Escape(replaced));
                        copied = lines.Offset(position) - "</".Length;
                    }
                    path.RemoveAt(path.Count - 1);
                    value.Clear();
                    break;
            }
        }
        if (copied == 0) return document;
        return Encoding.UTF8.GetBytes(result.Append(text, copied, text.Length - copied).ToString());
    }

    /// <summary>The offset behind the <c>&gt;</c> that ends the tag in which an offset lies.</summary>
    private static int EndOfTag(string text, int offset)
    {
        var quote = '\0';
        for (var i = offset; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '>') return i + 1;
        }
        throw new XmlException("A tag has no end.");
    }

    /// <summary>Turns the reader's lines and columns into offsets.</summary>
    private sealed class Lines
    {
        private readonly List<int> _starts = [0];

        public Lines(string text)
        {
            // A byte order mark is no part of the first line.
            if (text.StartsWith('\uFEFF')) _starts[0] = 1;
            for (var i = 0; i < text.Length; i++)
                if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) _starts.Add(i + 1);
        }

        public int Offset(IXmlLineInfo position) => _starts[position.LineNumber - 1] + position.LinePosition - 1;
    }
}
