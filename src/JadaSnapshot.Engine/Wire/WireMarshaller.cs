using System.Runtime.InteropServices;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Writes a request as its service's protocol has it.</summary>
internal sealed class WireMarshaller(AwsService service, Uri endpoint) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    // The signer encodes a path of the endpoint once too often, so it becomes part of the request's own.
    private readonly Uri _host = new(endpoint.GetLeftPart(UriPartial.Authority));
    private readonly string _basePath = endpoint.AbsolutePath.TrimEnd('/');

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var call = ((WireCall)input).Request;
        var request = new DefaultRequest(input, service.SigningName)
        {
            HttpMethod = call.Method,
            Endpoint = _host,
            UseQueryString = true,
        };
        WritePath(request, call.Path);
        if (service.Protocol != WireProtocol.Query) WriteQuery(request, call.Parameters);
        if (call.Method is "POST" or "PUT" or "PATCH")
        {
            request.Content = Body(call);
            request.Headers["Content-Type"] = ContentType;
        }
        if (service.Protocol == WireProtocol.Json) request.Headers["X-Amz-Target"] = $"{service.TargetPrefix}.{call.Operation}";
        if (service.Protocol == WireProtocol.RestJson) request.Headers["Accept"] = "application/json";
        foreach (var (name, value) in call.Headers) request.Headers[name] = value;
        return request;
    }

    private string ContentType => service.Protocol switch
    {
        WireProtocol.RestJson => "application/json",
        WireProtocol.RestXml => "application/xml",
        WireProtocol.Json => $"application/x-amz-json-{service.JsonVersion}",
        _ => "application/x-www-form-urlencoded; charset=utf-8",
    };

    private byte[] Body(WireRequest call) => service.Protocol switch
    {
        WireProtocol.Query => Form(call),
        WireProtocol.Json when call.Body.IsEmpty => "{}"u8.ToArray(),
        _ => MemoryMarshal.TryGetArray(call.Body, out var whole) && whole.Count == whole.Array!.Length ? whole.Array : call.Body.ToArray(),
    };

    private byte[] Form(WireRequest call)
    {
        var form = new StringBuilder($"Action={Uri.EscapeDataString(call.Operation)}&Version={service.ApiVersion}");
        foreach (var (name, value) in call.Parameters)
            form.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return Encoding.UTF8.GetBytes(form.ToString());
    }

    // The SDK encodes a literal path again, but a label once: so every segment goes in as a label, decoded.
    private void WritePath(DefaultRequest request, string path)
    {
        if (!path.StartsWith('/')) throw new ArgumentException($"The path '{path}' does not start with a slash.");
        var segments = (_basePath + path).Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            if (segments[i].Length == 0 && i == segments.Length - 1) break;
            if (segments[i] is "" or "." or "..") throw new ArgumentException($"The path '{path}' has a segment that would change its meaning.");
            var label = $"{{{i}}}";
            request.AddPathResource(label, Uri.UnescapeDataString(segments[i]));
            segments[i] = label;
        }
        request.ResourcePath = string.Join('/', segments);
    }

    private static void WriteQuery(DefaultRequest request, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        foreach (var group in parameters.GroupBy(p => p.Key, p => p.Value, StringComparer.Ordinal))
        {
            if (Uri.EscapeDataString(group.Key) != group.Key) throw new ArgumentException($"The query parameter '{group.Key}' has a name that would need encoding.");
            request.ParameterCollection.Add(group.Key, [.. group]);
        }
    }
}
