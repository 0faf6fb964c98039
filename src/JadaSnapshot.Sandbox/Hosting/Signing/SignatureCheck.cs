using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace JadaSnapshot.Sandbox.Hosting.Signing;

/// <summary>Checks signatures as AWS does (Signature Version 4, in headers and in presigned links).</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</remarks>
internal sealed class SignatureCheck(SandboxWorld world)
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    [ThreadStatic] private static ArrayBufferWriter<byte>? _buffer;

    private readonly SigningKeys _keys = new();

    /// <summary>The pair that signed, still to be proven by <see cref="Prove"/>.</summary>
    /// <exception cref="SandboxException">It is unknown or expired, or the time is out of bounds.</exception>
    public SandboxCredential Identify(Authorization authorization)
    {
        var credential = world.Credentials.Find(authorization.AccessKey)
            ?? throw new SandboxException(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
            {
                Details = [new("AWSAccessKeyId", authorization.AccessKey)],
            };
        var now = world.Clock.GetUtcNow();
        if (credential.Expires < now) throw new SandboxException(400, "ExpiredToken", "The provided token has expired.");
        if (credential.SessionToken != authorization.Token) throw new SandboxException(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");
        CheckTime(authorization, now);
        return credential;
    }

    /// <summary>Holds the signature against what arrived, takes chunked signing off the body, and gives the request that services see.</summary>
    /// <exception cref="SandboxException">It does not match.</exception>
    public SandboxRequest Prove(SandboxRequest request, Authorization authorization, SandboxCredential credential, byte[] wireBody)
    {
        var declared = authorization.IsPresigned && authorization.Service == "s3"
            ? "UNSIGNED-PAYLOAD"
            : request.Headers["x-amz-content-sha256"].ToString();
        var isLiteral = declared.Length == 64;
        if (declared.Length == 0)
        {
            if (authorization.Service == "s3") throw new SandboxException(400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
            declared = Hash(wireBody);
        }
        RequireSignedHeaders(request, authorization);
        var signature = Compute(request, authorization, credential, declared);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.Latin1.GetBytes(signature), Encoding.Latin1.GetBytes(authorization.Signature)))
            throw new SandboxException(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.")
            {
                Details = [new("AWSAccessKeyId", authorization.AccessKey), new("CanonicalRequest", Encoding.UTF8.GetString(_buffer!.WrittenSpan)), new("SignatureProvided", authorization.Signature)],
            };
        if (isLiteral && !declared.Equals(Hash(wireBody), StringComparison.OrdinalIgnoreCase))
            throw new SandboxException(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
        return declared.StartsWith("STREAMING-", StringComparison.Ordinal)
            ? AwsChunked.Unwrap(request, wireBody, new(authorization, _keys.Of(credential, authorization), declared))
            : request;
    }

    private string Compute(SandboxRequest request, Authorization authorization, SandboxCredential credential, string payloadHash)
    {
        var canonical = _buffer ??= new(2_048);
        canonical.ResetWrittenCount();
        CanonicalRequest.Write(canonical, request, authorization, payloadHash);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(canonical.WrittenSpan, digest);
        var toSign = $"{Authorization.Algorithm}\n{authorization.Timestamp}\n{authorization.Scope}\n{Convert.ToHexStringLower(digest)}";
        HMACSHA256.HashData(_keys.Of(credential, authorization), Encoding.UTF8.GetBytes(toSign), digest);
        return Convert.ToHexStringLower(digest);
    }

    private static string Hash(byte[] body) => body.Length == 0 ? EmptyHash : Convert.ToHexStringLower(SHA256.HashData(body));

    private static void CheckTime(Authorization authorization, DateTimeOffset now)
    {
        var time = authorization.Time;
        if (authorization.Lifetime is { } lifetime)
        {
            if (time - now > Skew) throw new SandboxException(403, "AccessDenied", "Request is not yet valid");
            if (now > time + lifetime) throw new SandboxException(403, "AccessDenied", "Request has expired");
        }
        else if ((time - now).Duration() > Skew)
            throw new SandboxException(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
            {
                Details = [new("RequestTime", authorization.Timestamp), new("ServerTime", now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null)), new("MaxAllowedSkewMilliseconds", "900000")],
            };
    }

    /// <summary>The host, and for S3 every <c>x-amz-</c> header, must be signed, in order.</summary>
    private static void RequireSignedHeaders(SandboxRequest request, Authorization authorization)
    {
        var signed = authorization.SignedHeaders;
        for (var i = 1; i < signed.Length; i++)
            if (string.CompareOrdinal(signed[i - 1], signed[i]) >= 0)
                throw new SandboxException(403, "SignatureDoesNotMatch", "The signed headers are not in order.");
        if (Array.IndexOf(signed, "host") < 0) throw new SandboxException(403, "SignatureDoesNotMatch", "'Host' must be a signed header.");
        if (authorization.Service != "s3") return;
        foreach (var (name, _) in request.Headers)
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && Array.FindIndex(signed, header => header.Equals(name, StringComparison.OrdinalIgnoreCase)) < 0)
                throw new SandboxException(403, "AccessDenied", "There were headers present in the request which were not signed")
                {
                    Details = [new("HeadersNotSigned", name.ToLowerInvariant())],
                };
    }
}
