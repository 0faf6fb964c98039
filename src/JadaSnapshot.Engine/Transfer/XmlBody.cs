using System.Security.Cryptography;
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

    /// <summary>The one checksum of a body that every service of this kind takes; who signs it uses another.</summary>
#pragma warning disable CA5351
    public static KeyValuePair<string, string> ToMd5Header(this byte[] body) => new("Content-MD5", Convert.ToBase64String(MD5.HashData(body)));
#pragma warning restore CA5351
}
