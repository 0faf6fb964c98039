namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>An answer of a service of the sandbox.</summary>
public sealed class SandboxResponse
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The headers to send, beside the request id, which the host adds in the service's own header.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The content type; null sends none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Writes the body instead, for large ones; <see cref="Length"/> is then its length.</summary>
    public Func<Stream, CancellationToken, Task>? Write { get; init; }

    /// <summary>The length of what <see cref="Write"/> writes, or of what a HEAD speaks of.</summary>
    public long? Length { get; init; }
}

/// <summary>A refusal, with the service's own code.</summary>
public sealed class SandboxException(int status, string code, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The service's code: <c>NoSuchBucket</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Further elements or members of the error document (<c>BucketName</c>, <c>Resource</c>).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];

    /// <summary>Further headers (<c>x-amz-bucket-region</c>).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
