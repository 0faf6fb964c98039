using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>Download links for code and layers. They look like presigned links of S3, carry a token, and end after ten minutes.</summary>
internal sealed class CodeLinks(SandboxWorld world)
{
    public const string PathPrefix = "/_links/lambda/";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, byte[]> _zips = new(StringComparer.Ordinal);

    /// <param name="kind"><c>snapshots</c> for functions, <c>layers</c> for layers.</param>
    /// <param name="name">What the link's last part begins with.</param>
    /// <param name="code">What the link leads to.</param>
    /// <param name="request">The request that asks for it.</param>
    public string Make(string kind, string name, Code code, SandboxRequest request)
    {
        var digest = Convert.ToHexStringLower(Convert.FromBase64String(code.Sha256));
        _zips[digest] = code.Zip;
        var path = $"{PathPrefix}{kind}/{world.Account}/{name}-{digest}";
        var date = world.Clock.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture);
        var credential = $"ASIA{Letters(16)}/{date[..8]}/{request.Region}/s3/aws4_request";
        var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(120));
        return $"{request.Endpoint}{path}?versionId={Letters(32)}&X-Amz-Security-Token={Uri.EscapeDataString(token)}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={date}"
            + $"&X-Amz-SignedHeaders=host&X-Amz-Expires={Lifetime.TotalSeconds}&X-Amz-Credential={Uri.EscapeDataString(credential)}&X-Amz-Signature={Sign(path, date, token)}";
    }

    public SandboxResponse Fetch(SandboxRequest request)
    {
        var date = request.Parameter("X-Amz-Date") ?? "";
        var signature = Sign(request.RawPath, date, request.Parameter("X-Amz-Security-Token") ?? "");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(request.Parameter("X-Amz-Signature") ?? "")))
            return Refuse(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.");
        var made = DateTimeOffset.ParseExact(date, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (world.Clock.GetUtcNow() - made > Lifetime) return Refuse(403, "AccessDenied", "Request has expired");
        if (request.Method is not ("GET" or "HEAD")) return Refuse(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
        if (!_zips.TryGetValue(request.RawPath[(request.RawPath.LastIndexOf('-') + 1)..], out var zip)) return Refuse(404, "NoSuchKey", "The specified key does not exist.");
        return new SandboxResponse { ContentType = "application/zip", Body = request.Method == "HEAD" ? default : zip, Length = zip.LongLength };
    }

    /// <summary>Not from the world's ids: reading must not change what is made next.</summary>
    private static string Letters(int length) => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", length);

    private string Sign(string path, string date, string token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{path}\n{date}\n{token}")));

    private static SandboxResponse Refuse(int status, string code, string message) => new()
    {
        Status = status,
        ContentType = "application/xml",
        Body = Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"),
    };
}
