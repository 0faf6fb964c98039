using System.Text;
using System.Xml;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Writes XML answers. Trees are built without a namespace; the service's own is put on the root.</summary>
internal static class XmlAnswer
{
    private static readonly XmlWriterSettings Compact = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Entitize, CheckCharacters = false };

    public static SandboxResponse Of(XElement root, string ns, int status = 200, params IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var text = Text(root);
        var afterName = 1 + root.Name.LocalName.Length;
        var body = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text[..afterName]} xmlns=\"{ns}\"{text[afterName..]}";
        return new SandboxResponse { Status = status, ContentType = "text/xml", Headers = headers, Body = Encoding.UTF8.GetBytes(body) };
    }

    public static string Text(XElement element)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, Compact)) element.WriteTo(writer);
        return text.ToString();
    }

    /// <summary>The error document that Query and REST-XML services share.</summary>
    public static SandboxResponse Error(SandboxRequest request, SandboxException error, string ns) =>
        Of(new XElement("ErrorResponse",
            new XElement("Error",
                new XElement("Type", error.Status < 500 ? "Sender" : "Receiver"),
                new XElement("Code", error.Code),
                new XElement("Message", error.Message),
                error.Details.Select(detail => new XElement(detail.Key, detail.Value))),
            new XElement("RequestId", request.RequestId)), ns, error.Status, error.Headers);
}
