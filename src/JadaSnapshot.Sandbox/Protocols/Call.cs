using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>One request on its way to a handler, with the labels of its path.</summary>
internal sealed class Call(SandboxRequest request, IReadOnlyDictionary<string, string> labels)
{
    private JsonObject? _json;
    private XElement? _xml;
    private Form? _form;

    public SandboxRequest Request { get; } = request;

    public string Region => Request.Region;

    /// <summary>The body as a JSON object; an empty body is an empty object.</summary>
    public JsonObject Json => _json ??= JsonBody.Parse(Request.Body.Span);

    /// <summary>The body's root element, without namespaces.</summary>
    public XElement Xml => _xml ??= XmlBody.Parse(Request.Body);

    /// <summary>The parameters of a Query request.</summary>
    public Form Form => _form ??= Form.Parse(Request);

    public string Label(string name) => labels[name];

    public string? Query(string name) => Request.Parameter(name);

    public string? Header(string name) => Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>The page size that a query parameter asks for, at most what the service gives.</summary>
    /// <exception cref="SandboxException">It is no positive number.</exception>
    public int PageSize(string name, int most, string code = "InvalidArgument") => PageSize(Query(name), name, most, code);

    public static int PageSize(string? asked, string name, int most, string code)
    {
        if (string.IsNullOrEmpty(asked)) return most;
        if (!long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size < 1)
            throw new SandboxException(400, code, $"Value '{asked}' at '{name}' failed to satisfy constraint: Member must have value greater than or equal to 1");
        return (int)Math.Min(size, most);
    }
}
