namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>Calls the services of a world as a client would, without signature, budget, fault or latency: to feed an estate, and to check references.</summary>
public sealed class InProcessCaller(SandboxWorld world)
{
    /// <summary>Makes one call. The path is escaped as on the wire; the query is not.</summary>
    /// <exception cref="SandboxException">The service refuses.</exception>
    /// <exception cref="ArgumentException">There is no such service.</exception>
    public ValueTask<SandboxResponse> CallAsync(string service, string region, string method, string rawPath,
        IReadOnlyList<KeyValuePair<string, string>> query, IReadOnlyList<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var target = world.Find(service) ?? throw new ArgumentException($"The sandbox has no service '{service}'.", nameof(service));
        var request = new SandboxRequest
        {
            Method = method,
            RawPath = rawPath,
            Query = query,
            Headers = HeadersOf(headers),
            Body = body,
            Region = region,
            Endpoint = world.Endpoint,
            RequestId = "in-process",
        };
        request.Operation = target.Identify(request);
        return target.HandleAsync(request, cancel);
    }

    private static HeaderDictionary HeadersOf(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers) dictionary.Append(name, value);
        return dictionary;
    }
}
