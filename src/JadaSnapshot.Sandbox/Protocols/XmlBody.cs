using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Reads XML requests. Namespaces are dropped: every service here has one.</summary>
internal static class XmlBody
{
    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersFromEntities = 0 };

    public static XElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), Safe);
            var root = XElement.Load(reader, LoadOptions.PreserveWhitespace);
            foreach (var element in root.DescendantsAndSelf())
            {
                element.Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Remove();
                element.Name = element.Name.LocalName;
            }
            return root;
        }
        catch (XmlException)
        {
            throw Malformed("The XML document is malformed.");
        }
    }

    /// <exception cref="SandboxException">The element has another name.</exception>
    public static XElement Named(this XElement element, string name) =>
        element.Name.LocalName == name ? element : throw Malformed($"The request must have the root element {name}.");

    public static string? Text(this XElement from, string name) => from.Element(name)?.Value;

    /// <exception cref="SandboxException">The element is missing.</exception>
    public static string Need(this XElement from, string name, string code) => from.Text(name) ?? throw new SandboxException(400, code, Constraint.Missing(name));

    public static XElement NeedElement(this XElement from, string name, string code) =>
        from.Element(name) ?? throw new SandboxException(400, code, Constraint.Missing(name));

    public static bool Flag(this XElement from, string name) => from.Text(name)?.Trim() is "true";

    public static long? Number(this XElement from, string name, string code)
    {
        if (from.Text(name) is not { } text) return null;
        return long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SandboxException(400, code, $"Value '{text}' of {name} is no number.");
    }

    private static SandboxException Malformed(string message) => new(400, "MalformedXML", message);
}
