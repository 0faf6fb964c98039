using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Makes bodies of documents.</summary>
internal static class XmlBody
{
    private static readonly XmlWriterSettings Writing = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), OmitXmlDeclaration = true };

    /// <summary>The document in UTF-8.</summary>
    public static byte[] ToBody(this XElement document)
    {
        using var body = new MemoryStream();
        using (var writer = XmlWriter.Create(body, Writing)) document.WriteTo(writer);
        return body.ToArray();
    }
}
