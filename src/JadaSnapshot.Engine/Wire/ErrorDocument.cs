using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Reads what an answer that says no says, in any of the protocols.</summary>
internal static class ErrorDocument
{
    private static readonly string[] RequestIdHeaders = ["x-amzn-RequestId", "x-amz-request-id", "x-amzn-request-id"];

    public static WireError Read(HttpStatusCode status, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        var (code, message, requestId) = FirstByte(body) switch
        {
            (byte)'{' => Json(body),
            (byte)'<' => Xml(body),
            _ => default,
        };
        if (headers.TryGetValue("x-amzn-ErrorType", out var type) && type.Length > 0) code = type;
        requestId = RequestId(headers) ?? requestId;
        return new WireError(Bare(code) ?? $"Http{(int)status}", message ?? ReasonOf(status), requestId, status, RetryAfter(headers));
    }

    public static string? RequestId(IReadOnlyDictionary<string, string> headers)
    {
        foreach (var name in RequestIdHeaders)
            if (headers.TryGetValue(name, out var value) && value.Length > 0) return value;
        return null;
    }

    private static (string? Code, string? Message, string? RequestId) Json(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(body));
            string? code = null, message = null;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.String) continue;
                if (member.Name is "__type" or "code" or "Code") code ??= member.Value.GetString();
                else if (member.Name is "message" or "Message" or "errorMessage") message ??= member.Value.GetString();
            }
            return (code, message, null);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static (string? Code, string? Message, string? RequestId) Xml(byte[] body)
    {
        try
        {
            var root = body.ToXml();
            if (root.Name.LocalName is "html") return default;
            var requestId = Text(root, "RequestId") ?? Text(root, "RequestID");
            var error = root.DescendantsAndSelf().FirstOrDefault(e => e.Name.LocalName == "Error");
            return error is not null
                ? (Text(error, "Code"), Text(error, "Message"), requestId)
                // Route 53 answers a bad change batch without any Error element: the root's name is the code.
                : (root.Name.LocalName, string.Join("; ", root.Descendants().Where(e => e.Name.LocalName == "Message" && !e.HasElements).Select(e => e.Value.Trim())), requestId);
        }
        catch (XmlException)
        {
            return default;
        }
    }

    private static string? Text(XElement parent, string name) => parent.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();

    // "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "ThrottlingException:http://internal.amazon.com/..."
    private static string? Bare(string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return null;
        code = code[(code.LastIndexOf('#') + 1)..];
        var colon = code.IndexOf(':', StringComparison.Ordinal);
        return (colon < 0 ? code : code[..colon]).Trim();
    }

    private static TimeSpan? RetryAfter(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("Retry-After", out var value) && uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string ReasonOf(HttpStatusCode status) => $"The service answered {(int)status} ({status}) and said no more.";

    private static byte FirstByte(byte[] body)
    {
        foreach (var b in WithoutMark(body).Span)
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return b;
        return 0;
    }

    private static ReadOnlyMemory<byte> WithoutMark(byte[] body) => body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsMemory(3) : body;
}
