using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>XML that is written as it was received.</summary>
internal sealed class RawXml(string value) : XText(value)
{
    public override void WriteTo(XmlWriter writer) => writer.WriteRaw(Value);
}

/// <summary>Finds an element in a document's own text, so that what it holds can be kept letter for letter.</summary>
internal static class XmlText
{
    /// <summary>What stands between the tags of the root, or of a child of it; null if names have a prefix, which would mean nothing elsewhere.</summary>
    /// <remarks>The document must have been parsed before, so it is known to be well-formed and to hold the element.</remarks>
    public static string? Inner(ReadOnlyMemory<byte> document, string name)
    {
        var text = new StreamReader(new MemoryStream(document.ToArray()), Encoding.UTF8).ReadToEnd();
        var lines = LineStarts(text);
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var position = (IXmlLineInfo)reader;
        var start = -1;
        while (reader.Read())
        {
            if (reader.LocalName != name || reader.Depth > 1) continue;
            var offset = lines[position.LineNumber - 1] + position.LinePosition - 1;
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (reader.Prefix.Length > 0) return null;
                if (reader.IsEmptyElement) return "";
                start = EndOfTag(text, offset);
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                return text[start..(offset - "</".Length)];
            }
        }
        return null;
    }

    private static int EndOfTag(string text, int from)
    {
        var quote = '\0';
        for (var i = from; ; i++)
        {
            var letter = text[i];
            if (quote != '\0') quote = letter == quote ? '\0' : quote;
            else if (letter is '"' or '\'') quote = letter;
            else if (letter == '>') return i + 1;
        }
    }

    private static List<int> LineStarts(string text)
    {
        List<int> starts = [0];
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                starts.Add(i + 1);
        return starts;
    }
}
