using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JadaSnapshot.Sandbox.Hosting.Signing;

/// <summary>Presigned links of Signature Version 2, which <c>aws s3 presign</c> still makes for endpoints of one's own. They name no region.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html</remarks>
internal sealed class OldLink(SandboxWorld world)
{
    private static readonly HashSet<string> SignedParameters =
    [
        "acl", "cors", "delete", "lifecycle", "location", "logging", "notification", "partNumber", "policy", "requestPayment", "restore", "tagging", "torrent",
        "uploadId", "uploads", "versionId", "versioning", "versions", "website", "replication", "accelerate", "analytics", "inventory", "metrics", "object-lock",
        "response-cache-control", "response-content-disposition", "response-content-encoding", "response-content-language", "response-content-type", "response-expires",
    ];

    public static bool Is(SandboxRequest request) => request.Query.Count > 0 && request.Parameter("AWSAccessKeyId") is not null;

    /// <summary>Who signed a link.</summary>
    /// <exception cref="SandboxException">It is forged or expired.</exception>
    public SandboxCredential Prove(SandboxRequest request)
    {
        var accessKey = request.Parameter("AWSAccessKeyId")!;
        var credential = world.Credentials.Find(accessKey)
            ?? throw new SandboxException(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.") { Details = [new("AWSAccessKeyId", accessKey)] };
        var now = world.Clock.GetUtcNow();
        if (credential.Expires < now) throw new SandboxException(400, "ExpiredToken", "The provided token has expired.");
        if (credential.SessionToken != request.Parameter("x-amz-security-token")) throw new SandboxException(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");
        if (!long.TryParse(request.Parameter("Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var expires) || expires < now.ToUnixTimeSeconds())
            throw new SandboxException(403, "AccessDenied", "Request has expired");
        var signature = Encoding.UTF8.GetBytes(request.Parameter("Signature") ?? "");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(credential, StringToSign(request))), signature))
            throw new SandboxException(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.");
        return credential;
    }

    private static string StringToSign(SandboxRequest request)
    {
        var text = new StringBuilder().Append(request.Method).Append('\n')
            .Append(request.Headers.ContentMD5).Append('\n').Append(request.Headers.ContentType).Append('\n').Append(request.Parameter("Expires")).Append('\n');
        var extensions = request.Query.Concat(request.Headers.Select(header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value.ToString().Trim())))
            .Where(pair => pair.Key.StartsWith("x-amz-", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        foreach (var (name, value) in extensions) text.Append(name).Append(':').Append(value).Append('\n');
        text.Append(request.RawPath);
        var separator = '?';
        foreach (var (name, value) in request.Query.Where(pair => SignedParameters.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(separator).Append(name);
            if (value.Length > 0) text.Append('=').Append(value);
            separator = '&';
        }
        return text.ToString();
    }

    private static string Sign(SandboxCredential credential, string text)
    {
#pragma warning disable CA5350 // Signature Version 2 is defined by SHA-1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(credential.SecretKey), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }
}
