using System.Text;
using System.Xml;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Cuts elements out of a document, byte for byte.</summary>
internal static class XmlItems
{
    /// <summary>The elements at the end of a path below the root, each as a document of its own. The default namespace of the root is not repeated in them.</summary>
    /// <exception cref="XmlException">The document is none.</exception>
    public static IReadOnlyList<byte[]> Cut(byte[] document, IReadOnlyList<string> path)
    {
        var text = Encoding.UTF8.GetString(document);
        var positions = new XmlPositions(text);
        using var reader = positions.Read();
        List<byte[]> items = [];
        var (matched, start) = (0, 0);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == matched + 1 && matched < path.Count && reader.LocalName == path[matched])
            {
                if (++matched == path.Count) start = positions.StartOfTag(reader);
                if (!reader.IsEmptyElement) continue;
            }
            else if (reader.NodeType != XmlNodeType.EndElement || reader.Depth != matched || matched == 0)
            {
                continue;
            }
            if (matched == path.Count) items.Add(Encoding.UTF8.GetBytes(text[start..positions.EndOfTag(reader)]));
            matched--;
        }
        return items;
    }
}
