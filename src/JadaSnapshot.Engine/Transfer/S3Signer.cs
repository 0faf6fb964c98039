using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// Signature Version 4 for S3 requests
/// (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"/>). The day's key is derived once.
/// </summary>
internal sealed class S3Signer
{
    /// <summary>SHA-256 of nothing.</summary>
    public const string EmptyPayload = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private sealed record DayKey(string Day, string Region, string Secret, byte[] Key);

    private DayKey? _dayKey;

    /// <summary>Adds date, payload hash, token and signature to a request.</summary>
    /// <param name="request">The request; its headers beginning with <c>x-amz-</c> are signed, and type and MD5 of what it sends.</param>
    /// <param name="path">The path exactly as it goes over the wire.</param>
    /// <param name="query">The query exactly as it goes over the wire, parameters in order of name.</param>
    /// <param name="region">The bucket's region.</param>
    /// <param name="credentials">Who signs.</param>
    /// <param name="now">The service's present time (UTC).</param>
    /// <param name="payload">SHA-256 of what is sent, in lower-case hexadecimal digits.</param>
    public void Sign(HttpRequestMessage request, string path, string query, string region, ImmutableCredentials credentials, DateTimeOffset now, string payload = EmptyPayload)
    {
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = stamp[..8];
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", payload);
        request.Headers.TryAddWithoutValidation("x-amz-date", stamp);
        if (credentials.UseToken) request.Headers.TryAddWithoutValidation("x-amz-security-token", credentials.Token);

        var signed = new SortedList<string, string>(8, StringComparer.Ordinal) { ["host"] = request.Headers.Host ?? request.RequestUri!.Authority };
        foreach (var (name, values) in request.Headers.NonValidated)
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)) signed.Add(name.ToLowerInvariant(), Canonical(values.ToString()));
        if (request.Content is { } content)
            foreach (var (name, values) in content.Headers.NonValidated)
                if (name is "Content-Type" or "Content-MD5") signed.Add(name.ToLowerInvariant(), Canonical(values.ToString()));

        var canonical = new StringBuilder(1024).Append(request.Method.Method).Append('\n').Append(path).Append('\n').Append(query).Append('\n');
        foreach (var (name, value) in signed) canonical.Append(name).Append(':').Append(value).Append('\n');
        var names = string.Join(';', signed.Keys);
        canonical.Append('\n').Append(names).Append('\n').Append(payload);

        var scope = $"{day}/{region}/s3/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.Latin1.GetBytes(canonical.ToString())))}";
        var signature = Hex(HMACSHA256.HashData(KeyOf(day, region, credentials.SecretKey), Encoding.UTF8.GetBytes(text)));
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private byte[] KeyOf(string day, string region, string secret)
    {
        var cached = _dayKey;
        if (cached is not null && cached.Day == day && cached.Region == region && cached.Secret == secret) return cached.Key;
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.ASCII.GetBytes(day));
        key = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(region));
        key = HMACSHA256.HashData(key, "s3"u8);
        key = HMACSHA256.HashData(key, "aws4_request"u8);
        _dayKey = new(day, region, secret, key);
        return key;
    }

    // Runs of blanks are signed as one.
    private static string Canonical(string value)
    {
        value = value.Trim();
        while (value.Contains("  ", StringComparison.Ordinal)) value = value.Replace("  ", " ", StringComparison.Ordinal);
        return value;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
