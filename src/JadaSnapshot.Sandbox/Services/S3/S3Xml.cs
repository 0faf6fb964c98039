using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Reads and writes S3's documents. Characters that XML 1.0 forbids pass as references, as S3 lets them.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    public static byte[] Document(string root, Action<XmlWriter> content, string? xmlNamespace = Namespace)
    {
        using var buffer = new MemoryStream(1_024);
        using (var writer = XmlWriter.Create(buffer, Settings))
        {
            if (xmlNamespace is null) writer.WriteStartElement(root);
            else writer.WriteStartElement(root, xmlNamespace);
            content(writer);
            writer.WriteEndElement();
        }
        return buffer.ToArray();
    }

    public static SandboxResponse Response(string root, Action<XmlWriter> content, string? xmlNamespace = Namespace, int status = 200,
        IReadOnlyList<KeyValuePair<string, string>>? headers = null) => new()
        {
            Status = status,
            ContentType = "application/xml",
            Headers = headers ?? [],
            Body = Document(root, content, xmlNamespace),
        };

    public static XElement Read(ReadOnlyMemory<byte> body, params ReadOnlySpan<string> roots)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false });
            var root = XElement.Load(reader, LoadOptions.PreserveWhitespace);
            return roots.Contains(root.Name.LocalName) ? root : throw S3Errors.MalformedXml();
        }
        catch (XmlException)
        {
            throw S3Errors.MalformedXml();
        }
    }

    public static IEnumerable<XElement> Children(this XElement element, string name) => element.Elements().Where(child => child.Name.LocalName == name);

    public static string? Child(this XElement element, string name) => element.Children(name).FirstOrDefault()?.Value;

    public static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static void Element(this XmlWriter writer, string name, long value) => writer.WriteElementString(name, value.ToString(CultureInfo.InvariantCulture));

    public static void Element(this XmlWriter writer, string name, bool value) => writer.WriteElementString(name, value ? "true" : "false");

    public static void Optional(this XmlWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteElementString(name, value);
    }

    public static void Owner(this XmlWriter writer, string id, string element = "Owner")
    {
        writer.WriteStartElement(element);
        writer.WriteElementString("ID", id);
        writer.WriteEndElement();
    }
}
