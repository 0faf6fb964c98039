using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Reads one object into a file: strict length, the service's checksum, going on where a cut came.</summary>
internal static class ObjectDownload
{
    private const int BufferSize = 256 * 1024;
    private const int ChangesBorne = 3;

    /// <summary>The headers that belong to an object and have to come back with it.</summary>
    private static readonly string[] Kept =
    [
        "content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires",
        "x-amz-website-redirect-location", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-server-side-encryption-bucket-key-enabled", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold",
    ];

    /// <summary>Downloads an object: the version that is asked for, or else the current one.</summary>
    /// <exception cref="ServiceException">It cannot be read, or never arrives as the service describes it.</exception>
    public static async Task<ObjectRecord> DownloadAsync(S3Client s3, string bucket, string key, IReceivedFile file, CancellationToken cancel, string? versionId = null)
    {
        for (var changes = 0; ; changes++)
        {
            try
            {
                return await DownloadOnceAsync(s3, bucket, key, versionId, file, cancel);
            }
            catch (ServiceException exception) when (exception.StatusCode == 412 && changes < ChangesBorne)
            {
                // It changed while it was read: what is there now is read from its beginning.
                file.Reset();
            }
        }
    }

    private static async Task<ObjectRecord> DownloadOnceAsync(S3Client s3, string bucket, string key, string? versionId, IReceivedFile file, CancellationToken cancel)
    {
        ObjectRecord? begun = null;
        ServiceChecksum? checksum = null;
        try
        {
            var call = new S3Call
            {
                Operation = "GetObject",
                Bucket = bucket,
                Key = key,
                Query = S3Path.Query(("versionId", versionId)),
                Headers = () => begun is null || file.Length == 0
                    ? [new("x-amz-checksum-mode", "ENABLED")]
                    : [new("range", $"bytes={file.Length}-"), new("if-match", $"\"{begun.ETag}\"")],
            };
            return await s3.CallAsync(call, async (response, timer, token) =>
            {
                var headers = new ObjectHeaders(response);
                if (response.StatusCode != System.Net.HttpStatusCode.PartialContent)
                {
                    file.Reset();
                    begun = headers.ToRecord(key);
                    checksum?.Dispose();
                    checksum = ServiceChecksum.For(begun.Checksum, begun.ETag, headers.ETagMayBeMd5);
                }
                try
                {
                    await ReadBodyAsync(response, file, checksum, timer, token);
                }
                catch (CorruptBodyException)
                {
                    begun = null;
                    throw;
                }
                return begun! with { Tags = headers.TagCount > 0 ? await GetTagsAsync(s3, bucket, key, versionId, cancel) : null };
            }, cancel);
        }
        finally
        {
            checksum?.Dispose();
        }
    }

    private static async Task ReadBodyAsync(HttpResponseMessage response, IReceivedFile file, ServiceChecksum? checksum, StallTimer timer, CancellationToken cancel)
    {
        var length = response.Content.Headers.ContentLength
            ?? throw new CorruptBodyException("NoLength", "The answer does not say how long the object is.");
        if (response.StatusCode == System.Net.HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From != file.Length)
            throw new CorruptBodyException("WrongRange", "The answer is another part of the object than was asked for.");
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 1, BufferSize));
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(cancel);
            var left = length;
            while (left > 0)
            {
                var read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancel);
                if (read == 0) throw new HttpIOException(HttpRequestError.ResponseEnded, "The body ended before its time.");
                timer.Moved();
                file.Write(buffer.AsSpan(0, read));
                checksum?.Append(buffer.AsSpan(0, read));
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        if (checksum is not null && !checksum.Agrees())
            throw new CorruptBodyException("ChecksumMismatch", $"The bytes that arrived are not the object's: its {checksum.Name} is another.");
    }

    private static async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(S3Client s3, string bucket, string key, string? versionId, CancellationToken cancel)
    {
        var document = await s3.GetDocumentAsync(new() { Operation = "GetObjectTagging", Bucket = bucket, Key = key, Query = S3Path.Query(("tagging", ""), ("versionId", versionId)) }, cancel);
        using var reader = System.Xml.XmlReader.Create(new MemoryStream(document), new() { DtdProcessing = System.Xml.DtdProcessing.Prohibit, XmlResolver = null });
        return System.Xml.Linq.XElement.Load(reader).Descendants()
            .Where(element => element.Name.LocalName == "Tag")
            .ToDictionary(
                tag => tag.Elements().First(child => child.Name.LocalName == "Key").Value,
                tag => tag.Elements().First(child => child.Name.LocalName == "Value").Value, StringComparer.Ordinal);
    }

    /// <summary>An object's headers, read as they came.</summary>
    private sealed class ObjectHeaders(HttpResponseMessage response)
    {
        private readonly HttpHeadersNonValidated _general = response.Headers.NonValidated;
        private readonly HttpHeadersNonValidated _content = response.Content.Headers.NonValidated;

        public int TagCount => int.TryParse(Get("x-amz-tagging-count"), CultureInfo.InvariantCulture, out var count) ? count : 0;

        public bool ETagMayBeMd5 => Get("x-amz-server-side-encryption") is null or "AES256" && Get("x-amz-server-side-encryption-customer-algorithm") is null;

        public ObjectRecord ToRecord(string key) => new()
        {
            Key = key,
            VersionId = Get("x-amz-version-id") is { } version && version != "null" ? version : null,
            ETag = (Get("ETag") ?? "").Trim('"'),
            Checksum = ServiceChecksum.Stated(Get),
            LastModified = response.Content.Headers.LastModified ?? default,
            StorageClass = Get("x-amz-storage-class"),
            Headers = Some(Kept.Select(name => (Name: name, Value: Get(name)))),
            Metadata = Some(_general.Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
                .Select(header => (Name: header.Key["x-amz-meta-".Length..].ToLowerInvariant(), Value: (string?)header.Value.ToString()))),
        };

        private string? Get(string name) =>
            _general.TryGetValues(name, out var values) || _content.TryGetValues(name, out values) ? values.ToString() : null;

        private static SortedDictionary<string, string>? Some(IEnumerable<(string Name, string? Value)> headers)
        {
            SortedDictionary<string, string>? some = null;
            foreach (var (name, value) in headers)
                if (value is not null) (some ??= new(StringComparer.Ordinal))[name] = value;
            return some;
        }
    }
}
