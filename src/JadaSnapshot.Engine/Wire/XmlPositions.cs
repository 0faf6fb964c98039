using System.Xml;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Where the tags of a document stand in its text, so that the text around them can be kept as it came.</summary>
internal sealed class XmlPositions
{
    private readonly string _text;
    private readonly List<int> _lines = [0];

    public XmlPositions(string text)
    {
        _text = text;
        // A byte order mark is no part of the first line.
        if (text.StartsWith('\uFEFF')) _lines[0] = 1;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) _lines.Add(i + 1);
    }

    /// <summary>Reads the document, whose places are then asked for. No DTD is ever read or resolved.</summary>
    public XmlReader Read()
    {
        var characters = new StringReader(_text);
        if (_text.StartsWith('\uFEFF')) characters.Read();
        return XmlReader.Create(characters, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true });
    }

    /// <summary>The offset of the <c>&lt;</c> of the tag at which a reader is.</summary>
    public int StartOfTag(XmlReader reader)
    {
        var position = (IXmlLineInfo)reader;
        var name = _lines[position.LineNumber - 1] + position.LinePosition - 1;
        return name - (reader.NodeType == XmlNodeType.EndElement ? "</".Length : "<".Length);
    }

    /// <summary>The offset behind the <c>&gt;</c> of the tag at which a reader is.</summary>
    /// <exception cref="XmlException">It has none.</exception>
    public int EndOfTag(XmlReader reader)
    {
        var quote = '\0';
        for (var i = StartOfTag(reader); i < _text.Length; i++)
        {
            var c = _text[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '>') return i + 1;
        }
        throw new XmlException("A tag has no end.");
    }
}
