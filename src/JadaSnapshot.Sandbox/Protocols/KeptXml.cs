using System.Xml.Linq;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>A configuration element: the text as it was received, and a tree of it to look things up in.</summary>
internal sealed class KeptXml
{
    private readonly string _name;
    private readonly string _inner;

    private KeptXml(XElement tree, string? inner)
    {
        Tree = tree;
        _name = tree.Name.LocalName;
        _inner = inner ?? string.Concat(tree.Nodes().Select(node => node is XElement element ? XmlAnswer.Text(element) : node.ToString(SaveOptions.DisableFormatting)));
    }

    public XElement Tree { get; }

    /// <summary>From the body of a request, of which the element is the root or a child.</summary>
    public static KeptXml From(Call call, XElement element) => new(element, XmlText.Inner(call.Request.Body, element.Name.LocalName));

    public static KeptXml From(XElement element) => new(element, null);

    /// <summary>The element as it came, to be put into an answer.</summary>
    public XElement Element() => new(_name, new RawXml(_inner));
}
