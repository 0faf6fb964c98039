using System.Globalization;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>GetObject and HeadObject.</summary>
internal static class ObjectReader
{
    private static readonly string[] Overrides = ["Content-Type", "Content-Language", "Expires", "Cache-Control", "Content-Disposition", "Content-Encoding"];

    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations)
    {
        operations.Add("GetObject", call => Read(call, isHead: false));
        operations.Add("HeadObject", call => Read(call, isHead: true));
    }

    private static SandboxResponse Read(S3Call call, bool isHead)
    {
        var bucket = call.Bucket;
        ObjectVersion version;
        lock (bucket.Lock) version = call.Version(bucket);
        Conditions.CheckRead(call.Request.Headers, version);
        CustomerKeys.Check(call, version);
        if (!isHead) RequireActive(version, call.World.Now);

        var part = PartOf(call, version);
        var range = part?.Range ?? ByteRange.Read(call.Header("Range"), version.Size);
        var headers = Headers(call, bucket, version, range, part?.Part);
        var (status, length) = range is { } stretch ? (206, stretch.Length) : (200, version.Size);
        var type = call.Given("response-content-type") ?? version.Headers.ContentType;
        if (isHead || length == 0) return new() { Status = status, ContentType = type, Headers = headers, Length = length };
        var segments = range is { } cut ? cut.Cut(version.Segments) : version.Segments;
        return segments.Count == 1
            ? new() { Status = status, ContentType = type, Headers = headers, Body = segments[0] }
            : new() { Status = status, ContentType = type, Headers = headers, Length = length, Write = (stream, cancel) => WriteAsync(segments, stream, cancel) };
    }

    private static async Task WriteAsync(IReadOnlyList<ReadOnlyMemory<byte>> segments, Stream stream, CancellationToken cancel)
    {
        foreach (var segment in segments) await stream.WriteAsync(segment, cancel);
    }

    public static void RequireActive(ObjectVersion version, DateTimeOffset now)
    {
        if (version.Headers.IsArchived && !(version.RestoredUntil > now))
            throw new SandboxException(403, "InvalidObjectState", "The operation is not valid for the object's storage class") { Details = [new("StorageClass", version.Headers.StorageClass)] };
    }

    private static List<KeyValuePair<string, string>> Headers(S3Call call, Bucket bucket, ObjectVersion version, ByteRange? range, ObjectPart? part)
    {
        var headers = new List<KeyValuePair<string, string>>(16)
        {
            new("ETag", $"\"{version.ETag}\""),
            new("Last-Modified", version.LastModified.ToString("R", CultureInfo.InvariantCulture)),
            new("Accept-Ranges", "bytes"),
        };
        foreach (var header in version.Headers.Write())
            if (call.Request.Query.Count == 0 || call.Given("response-" + header.Key.ToLowerInvariant()) is null)
                headers.Add(header);
        if (call.Request.Query.Count > 0) AddOverrides(call, headers);
        if (bucket.Versioning is not Versioning.Never) headers.Add(new("x-amz-version-id", version.VersionId));
        if (version.Tags.Count > 0) headers.Add(new("x-amz-tagging-count", version.Tags.Count.ToString(CultureInfo.InvariantCulture)));
        if (version.RestoredUntil is { } until) headers.Add(new("x-amz-restore", $"ongoing-request=\"false\", expiry-date=\"{until.ToString("R", CultureInfo.InvariantCulture)}\""));
        if (range is { } stretch) headers.Add(new("Content-Range", stretch.ContentRange(version.Size)));
        if (call.Given("partNumber") is not null && version.Parts.Count > 0) headers.Add(new("x-amz-mp-parts-count", version.Parts.Count.ToString(CultureInfo.InvariantCulture)));
        AddChecksum(call, headers, version, range, part);
        return headers;
    }

    /// <summary>Only on request, and not for ranges; a part has its own.</summary>
    private static void AddChecksum(S3Call call, List<KeyValuePair<string, string>> headers, ObjectVersion version, ByteRange? range, ObjectPart? part)
    {
        if (call.Header("x-amz-checksum-mode") is not { } mode || !mode.Equals("ENABLED", StringComparison.OrdinalIgnoreCase)) return;
        var checksum = part is not null ? part.Checksum : range is null ? version.Checksum : null;
        if (checksum is null) return;
        headers.Add(new(Checksums.Header(checksum.Algorithm), checksum.Value));
        headers.Add(new("x-amz-checksum-type", version.Checksum!.Type));
    }

    private static void AddOverrides(S3Call call, List<KeyValuePair<string, string>> headers)
    {
        foreach (var name in Overrides)
            if (call.Given("response-" + name.ToLowerInvariant()) is { } value)
            {
                if (value.Any(char.IsControl)) throw S3Errors.InvalidArgument("Header value cannot be represented.", "response-" + name.ToLowerInvariant(), value);
                if (name != "Content-Type") headers.Add(new(name, value));
            }
    }

    private static (ByteRange Range, ObjectPart? Part)? PartOf(S3Call call, ObjectVersion version)
    {
        if (call.Given("partNumber") is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 10_000)
            throw S3Errors.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
        if (call.Header("Range") is not null) throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        if (version.Parts.Count == 0 && number == 1) return version.Size == 0 ? null : (new(0, version.Size), null);
        if (number > version.Parts.Count) throw new SandboxException(416, "InvalidPartNumber", "The requested partnumber is not satisfiable") { Details = [new("PartNumberRequested", text), new("ActualPartCount", Math.Max(1, version.Parts.Count).ToString(CultureInfo.InvariantCulture))] };
        var start = version.Parts.Take(number - 1).Sum(part => part.Size);
        return (new(start, version.Parts[number - 1].Size), version.Parts[number - 1]);
    }
}
