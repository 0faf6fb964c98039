using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>The bucket and the key that a request is about, in path style or by a virtual host; null where it names none.</summary>
internal readonly record struct S3Address(string? Bucket, string? Key)
{
    public static S3Address Of(SandboxRequest request)
    {
        var path = request.RawPath.AsSpan(1);
        if (VirtualHost(request.Headers.Host.ToString()) is { } host) return new(host, path.IsEmpty ? null : RequestTarget.Decode(path));
        if (path.IsEmpty) return default;
        var slash = path.IndexOf('/');
        return slash < 0
            ? new(RequestTarget.Decode(path), null)
            : new(RequestTarget.Decode(path[..slash]), slash + 1 == path.Length ? null : RequestTarget.Decode(path[(slash + 1)..]));
    }

    private static string? VirtualHost(string host)
    {
        var end = host.IndexOf(".s3.", StringComparison.Ordinal);
        if (end < 0) end = host.StartsWith("s3.", StringComparison.Ordinal) ? -1 : host.IndexOf(".localhost", StringComparison.Ordinal);
        return end > 0 ? host[..end] : null;
    }
}
