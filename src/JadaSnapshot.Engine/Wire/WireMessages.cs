using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace JadaSnapshot.Engine.Wire;

/// <summary>One request to a service.</summary>
public sealed record WireRequest
{
    /// <summary>The operation, in the service's own term: <c>GetFunction</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>The path, with every label already percent-encoded (see <see cref="WirePath.Of"/>).</summary>
    public string Path { get; init; } = "/";

    /// <summary>The query of a REST request, or the members of a Query request; not encoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body of a REST or Json request.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A request of a REST service that only reads.</summary>
    public static WireRequest Get(string operation, string path, params IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new() { Operation = operation, Method = "GET", Path = path, Parameters = parameters };
}

/// <summary>Makes request paths.</summary>
public static class WirePath
{
    /// <summary>Fills <c>{}</c> in a template with percent-encoded labels, in order: <c>WirePath.Of("/2015-03-31/functions/{}/policy", name)</c>.</summary>
    public static string Of(string template, params ReadOnlySpan<string> labels)
    {
        var path = new StringBuilder(template.Length + 32);
        var next = 0;
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == '{' && i + 1 < template.Length && template[i + 1] == '}')
            {
                path.Append(Uri.EscapeDataString(labels[next++]));
                i++;
            }
            else path.Append(template[i]);
        }
        return path.ToString();
    }
}

/// <summary>An answer: the document as the service sent it.</summary>
public sealed class WireResponse(int statusCode, IReadOnlyDictionary<string, string> headers, byte[] body, string? requestId)
{
    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>The headers; names are compared without case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    /// <summary>The body, byte for byte.</summary>
    public byte[] Body { get; } = body;

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; } = requestId;

    /// <summary>The body read as JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public JsonElement Json() => JsonDocument.Parse(Body).RootElement;

    /// <summary>The body read as XML (no DTD is ever resolved).</summary>
    /// <exception cref="System.Xml.XmlException">It is none.</exception>
    public XElement Xml() => Body.ToXml();
}
