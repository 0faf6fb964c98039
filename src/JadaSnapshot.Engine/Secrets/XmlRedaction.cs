using System.Security;
using System.Text;
using System.Xml;
using JadaSnapshot.Engine.Wire;

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
        var positions = new XmlPositions(text);
        var result = new StringBuilder(text.Length + 64);
        List<string> path = [];
        var (copied, contentStart) = (0, 0);
        var value = new StringBuilder();
        using var reader = positions.Read();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when !reader.IsEmptyElement:
                    path.Add(reader.LocalName);
                    contentStart = positions.EndOfTag(reader);
                    value.Clear();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    value.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    if (value.Length > 0 && replacement(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(path), value.ToString()) is { } replaced)
                    {
                        result.Append(text, copied, contentStart - copied).Append(SecurityElement.Escape(replaced));
                        copied = positions.StartOfTag(reader);
                    }
                    path.RemoveAt(path.Count - 1);
                    value.Clear();
                    break;
            }
        }
        if (copied == 0) return document;
        return Encoding.UTF8.GetBytes(result.Append(text, copied, text.Length - copied).ToString());
    }
}
