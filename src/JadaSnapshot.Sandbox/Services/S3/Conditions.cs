using System.Globalization;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Conditional requests.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html and RFC 9110, section 13</remarks>
internal static class Conditions
{
    public static void CheckRead(IHeaderDictionary headers, ObjectVersion version)
    {
        if (headers.IfMatch is { Count: > 0 } match)
        {
            if (!Matches(match.ToString(), version.ETag)) throw S3Errors.PreconditionFailed("If-Match");
        }
        else if (Date(headers.IfUnmodifiedSince.ToString()) < version.LastModified) throw S3Errors.PreconditionFailed("If-Unmodified-Since");

        if (headers.IfNoneMatch is { Count: > 0 } noneMatch)
        {
            if (Matches(noneMatch.ToString(), version.ETag)) throw NotModified(version);
        }
        else if (Date(headers.IfModifiedSince.ToString()) >= version.LastModified) throw NotModified(version);
    }

    public static void CheckWrite(IHeaderDictionary headers, string key, ObjectVersion? latest)
    {
        var current = latest is { IsDeleteMarker: false } ? latest : null;
        if (headers.IfNoneMatch is { Count: > 0 } noneMatch)
        {
            if (noneMatch.ToString() != "*") throw S3Errors.NotImplemented("If-None-Match");
            if (current is not null) throw S3Errors.PreconditionFailed("If-None-Match");
        }
        if (headers.IfMatch is { Count: > 0 } match)
        {
            if (current is null) throw S3Errors.NoSuchKey(key);
            if (!Matches(match.ToString(), current.ETag)) throw S3Errors.PreconditionFailed("If-Match");
        }
    }

    public static void CheckCopySource(S3Call call, ObjectVersion source)
    {
        const string Prefix = "x-amz-copy-source-if-";
        if (call.Header(Prefix + "match") is { } match && !Matches(match, source.ETag)
            || call.Header(Prefix + "none-match") is { } noneMatch && Matches(noneMatch, source.ETag)
            || Date(call.Header(Prefix + "modified-since")) >= source.LastModified
            || call.Header(Prefix + "match") is null && Date(call.Header(Prefix + "unmodified-since")) < source.LastModified)
            throw S3Errors.PreconditionFailed(Prefix[..^1]);
    }

    private static bool Matches(string header, string etag)
    {
        foreach (var candidate in header.Split(',', StringSplitOptions.TrimEntries))
            if (candidate == "*" || candidate.Replace("W/", "", StringComparison.Ordinal).Trim('"') == etag)
                return true;
        return false;
    }

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static SandboxException NotModified(ObjectVersion version) => new(304, "NotModified", "Not Modified")
    {
        Headers = [new("ETag", $"\"{version.ETag}\""), new("Last-Modified", version.LastModified.ToString("R", CultureInfo.InvariantCulture))],
    };
}
