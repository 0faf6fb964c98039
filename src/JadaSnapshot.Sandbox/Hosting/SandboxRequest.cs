namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>A request as a service of the sandbox sees it.</summary>
public sealed class SandboxRequest
{
    /// <summary>The HTTP method, in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path as it stood on the wire, still escaped, dot segments untouched, without the query.</summary>
    public required string RawPath { get; init; }

    /// <summary>The decoded query, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The headers.</summary>
    public IHeaderDictionary Headers { get; init; } = new HeaderDictionary();

    /// <summary>The body, read whole (chunked signing and content encodings of the transport already taken off).</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The region of the credential scope; empty for an old link to S3, which names none.</summary>
    public required string Region { get; init; }

    /// <summary>The root of this sandbox, for links in answers: <c>http://127.0.0.1:PORT</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The id that the answer carries.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>Who signed; null for the sandbox itself.</summary>
    public SandboxCredential? Caller { get; init; }

    /// <summary>What <see cref="ISandboxService.Identify"/> answered.</summary>
    public string Operation { get; set; } = "";

    /// <summary>Whether only the first half of what is asked for shall be done, as a fault wants it.</summary>
    public bool IsHalved { get; set; }

    /// <summary>The first value of a query parameter, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (var (key, value) in Query)
            if (key == name) return value;
        return null;
    }
}
