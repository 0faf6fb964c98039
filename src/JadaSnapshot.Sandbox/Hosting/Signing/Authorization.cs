using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace JadaSnapshot.Sandbox.Hosting.Signing;

/// <summary>What a caller said of its signature, in the Authorization header or in the query of a presigned link.</summary>
internal sealed class Authorization
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public required string AccessKey { get; init; }
    public required string Day { get; init; }
    public required string Region { get; init; }
    public required string Service { get; init; }
    public required string[] SignedHeaders { get; init; }
    public required string Signature { get; init; }
    public required string Timestamp { get; init; }
    public string? Token { get; init; }
    public TimeSpan? Lifetime { get; init; }
    public bool IsPresigned => Lifetime is not null;
    public string Scope => $"{Day}/{Region}/{Service}/aws4_request";

    public DateTimeOffset Time => DateTimeOffset.TryParseExact(Timestamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : throw new SandboxException(403, "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");

    /// <summary>Reads a signature; null where the request carries none.</summary>
    public static Authorization? Read(IHeaderDictionary headers, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var header = headers.Authorization;
        return !StringValues.IsNullOrEmpty(header) ? FromHeader(header.ToString(), headers) : FromQuery(query);
    }

    private static Authorization FromHeader(string header, IHeaderDictionary headers)
    {
        if (header.StartsWith("AWS ", StringComparison.Ordinal)) throw OldVersion();
        if (!header.StartsWith(Algorithm + " ", StringComparison.Ordinal)) throw Malformed("Unsupported Authorization Type");
        string? credential = null, signedHeaders = null, signature = null;
        foreach (var range in header.AsSpan(Algorithm.Length).Split(','))
        {
            var part = header.AsSpan(Algorithm.Length)[range].Trim();
            if (part.StartsWith("Credential=")) credential = part["Credential=".Length..].ToString();
            else if (part.StartsWith("SignedHeaders=")) signedHeaders = part["SignedHeaders=".Length..].ToString();
            else if (part.StartsWith("Signature=")) signature = part["Signature=".Length..].ToString();
        }
        if (credential is null || signedHeaders is null || signature is null)
            throw Malformed("The authorization header is malformed; it needs Credential, SignedHeaders and Signature.");
        return Of(credential, signedHeaders, signature, TimestampOf(headers), headers["x-amz-security-token"], null);
    }

    private static string TimestampOf(IHeaderDictionary headers)
    {
        if (headers["x-amz-date"] is { Count: > 0 } stamp) return stamp.ToString();
        return DateTimeOffset.TryParse(headers.Date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)
            : "";
    }

    private static Authorization? FromQuery(IReadOnlyList<KeyValuePair<string, string>> query)
    {
        if (query.Count == 0) return null;
        string? algorithm = null, credential = null, signedHeaders = null, signature = null, date = null, expires = null, token = null;
        foreach (var (name, value) in query)
            switch (name)
            {
                case "X-Amz-Algorithm": algorithm = value; break;
                case "X-Amz-Credential": credential = value; break;
                case "X-Amz-SignedHeaders": signedHeaders = value; break;
                case "X-Amz-Signature": signature = value; break;
                case "X-Amz-Date": date = value; break;
                case "X-Amz-Expires": expires = value; break;
                case "X-Amz-Security-Token": token = value; break;
            }
        if (algorithm is null && signature is null) return null;
        if (algorithm != Algorithm || credential is null || signedHeaders is null || signature is null || date is null || expires is null)
            throw new SandboxException(400, "AuthorizationQueryParametersError",
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        if (!int.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 604_800)
            throw new SandboxException(400, "AuthorizationQueryParametersError", "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds");
        return Of(credential, signedHeaders, signature, date, token, TimeSpan.FromSeconds(seconds));
    }

    private static Authorization Of(string credential, string signedHeaders, string signature, string timestamp, string? token, TimeSpan? lifetime)
    {
        var scope = credential.Split('/');
        if (scope.Length != 5 || scope[4] != "aws4_request")
            throw Malformed("The authorization header is malformed; the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        if (!timestamp.StartsWith(scope[1], StringComparison.Ordinal))
            throw Malformed("The authorization header is malformed; Invalid credential date.");
        return new()
        {
            AccessKey = scope[0],
            Day = scope[1],
            Region = scope[2],
            Service = scope[3],
            SignedHeaders = signedHeaders.Split(';'),
            Signature = signature,
            Timestamp = timestamp,
            Token = string.IsNullOrEmpty(token) ? null : token,
            Lifetime = lifetime,
        };
    }

    private static SandboxException OldVersion() =>
        new(400, "InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");

    private static SandboxException Malformed(string message) => new(400, "AuthorizationHeaderMalformed", message);
}
