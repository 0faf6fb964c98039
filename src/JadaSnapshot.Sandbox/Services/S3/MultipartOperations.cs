using System.Globalization;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Uploads in parts: begin, bring, give up. <see cref="MultipartCompletion"/> ends them.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html</remarks>
internal static class MultipartOperations
{
    private const int MostParts = 10_000;

    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations)
    {
        operations.Add("CreateMultipartUpload", Create);
        operations.Add("UploadPart", Upload);
        operations.Add("UploadPartCopy", Copy);
        operations.Add("CompleteMultipartUpload", MultipartCompletion.Complete);
        operations.Add("AbortMultipartUpload", Abort);
    }

    private static SandboxResponse Create(S3Call call)
    {
        var bucket = call.Bucket;
        ObjectWriter.RequireKey(call.Key);
        ObjectWriter.RequireNoAcl(call, bucket);
        CustomerKeys.RequireKey(call);
        var algorithm = call.Header("x-amz-checksum-algorithm")?.ToUpperInvariant();
        if (algorithm is not null && !Checksums.Names.Contains(algorithm)) throw S3Errors.InvalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
        var upload = new MultipartUpload(call.Store.NewUploadId(), call.Key, call.World.Now,
            ObjectLocks.Applied(call, bucket, ObjectHeaders.Read(call.Request.Headers, ObjectWriter.DefaultEncryption(bucket))))
        {
            Algorithm = algorithm,
            IsComposite = IsComposite(call, algorithm),
            Tags = ObjectTags.FromHeader(call.Header("x-amz-tagging")),
        };
        lock (bucket.Lock) bucket.Uploads.Add(upload.Id, upload);
        var headers = new List<KeyValuePair<string, string>> { new("x-amz-server-side-encryption", upload.Headers.Encryption) };
        if (algorithm is not null) headers.AddRange([new("x-amz-checksum-algorithm", algorithm), new("x-amz-checksum-type", upload.IsComposite ? "COMPOSITE" : "FULL_OBJECT")]);
        return S3Xml.Response("InitiateMultipartUploadResult", writer =>
        {
            writer.WriteElementString("Bucket", bucket.Name);
            writer.WriteElementString("Key", upload.Key);
            writer.WriteElementString("UploadId", upload.Id);
        }, headers: headers);
    }

    private static bool IsComposite(S3Call call, string? algorithm)
    {
        var composite = call.Header("x-amz-checksum-type") switch
        {
            null => algorithm is "CRC32" or "CRC32C" or "SHA1" or "SHA256",
            "COMPOSITE" => true,
            "FULL_OBJECT" => false,
            var other => throw S3Errors.InvalidRequest($"Value for x-amz-checksum-type header is invalid: {other}"),
        };
        if (composite && algorithm == "CRC64NVME" || !composite && algorithm is "SHA1" or "SHA256")
            throw S3Errors.InvalidRequest($"The {(composite ? "COMPOSITE" : "FULL_OBJECT")} checksum type cannot be used with the {algorithm} checksum algorithm.");
        return composite;
    }

    private static SandboxResponse Upload(S3Call call)
    {
        var bucket = call.Bucket;
        var upload = Find(call, bucket);
        CustomerKeys.RequireKey(call);
        var sent = Integrity.Check(call.Request);
        if (sent is not null && upload.Algorithm is { } algorithm && algorithm != sent.Algorithm)
            throw S3Errors.InvalidRequest($"Checksum Type mismatch occurred, expected checksum Type: {algorithm.ToLowerInvariant()}, actual checksum Type: {sent.Algorithm.ToLowerInvariant()}");
        var part = Add(call, bucket, upload, [call.Request.Body], sent);
        return new()
        {
            Headers =
            [
                new("ETag", $"\"{part.ETag}\""), new("x-amz-server-side-encryption", upload.Headers.Encryption),
                new(Checksums.Header(part.Checksum.Algorithm), part.Checksum.Value),
            ],
        };
    }

    private static SandboxResponse Copy(S3Call call)
    {
        var bucket = call.Bucket;
        var upload = Find(call, bucket);
        var (sourceBucket, source) = CopySource.Find(call);
        var segments = source.Segments;
        if (call.Header("x-amz-copy-source-range") is { } header)
            segments = ByteRange.Read(header, source.Size) is { } range && header.Split('-')[^1].Length > 0 && header != "bytes=-"
                ? range.Cut(segments)
                : throw S3Errors.InvalidArgument("The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy", "x-amz-copy-source-range", header);
        var part = Add(call, bucket, upload, segments, null);
        return S3Xml.Response("CopyPartResult", writer =>
        {
            writer.WriteElementString("LastModified", S3Xml.Instant(part.LastModified));
            writer.WriteElementString("ETag", $"\"{part.ETag}\"");
            writer.WriteElementString("Checksum" + part.Checksum.Algorithm, part.Checksum.Value);
        }, headers: sourceBucket.Versioning is Versioning.Never ? [] : [new("x-amz-copy-source-version-id", source.VersionId)]);
    }

    private static UploadedPart Add(S3Call call, Bucket bucket, MultipartUpload upload, IReadOnlyList<ReadOnlyMemory<byte>> segments, Checksum? sent)
    {
        if (!int.TryParse(call.Given("partNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MostParts)
            throw S3Errors.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", call.Given("partNumber") ?? "");
        var algorithm = upload.Algorithm ?? Checksums.Default;
        var checksum = sent?.Algorithm == algorithm ? sent : new(algorithm, Convert.ToBase64String(Checksums.Digest(algorithm, segments)));
        var part = new UploadedPart(number, segments, segments.Sum(segment => (long)segment.Length), Md5.Hex(segments), checksum, call.World.Now);
        lock (bucket.Lock) upload.Parts[number] = part;
        return part;
    }

    private static SandboxResponse Abort(S3Call call)
    {
        var bucket = call.Bucket;
        var upload = Find(call, bucket);
        lock (bucket.Lock) bucket.Uploads.Remove(upload.Id);
        return new() { Status = 204 };
    }

    public static MultipartUpload Find(S3Call call, Bucket bucket)
    {
        var id = call.Parameter("uploadId") ?? "";
        lock (bucket.Lock)
            return bucket.Uploads.TryGetValue(id, out var upload) && upload.Key == call.Key ? upload : throw S3Errors.NoSuchUpload(id);
    }
}
