using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Makes an object of uploaded parts.</summary>
internal static class MultipartCompletion
{
    private const int SmallestPart = 5 * 1_024 * 1_024;

    public static SandboxResponse Complete(S3Call call)
    {
        var bucket = call.Bucket;
        var upload = MultipartOperations.Find(call, bucket);
        var named = S3Xml.Read(call.Request.Body, "CompleteMultipartUpload").Children("Part").ToList();
        List<UploadedPart> parts;
        lock (bucket.Lock) parts = Chosen(upload, named);
        ReadOnlyMemory<byte>[] segments = [.. parts.SelectMany(part => part.Segments)];
        var checksum = ChecksumOf(upload, parts, segments);
        CheckDeclared(call, checksum, parts.Sum(part => part.Size));
        var version = ObjectWriter.Store(call, bucket, new()
        {
            Key = upload.Key,
            LastModified = call.World.Now,
            ETag = ETag(upload, parts),
            Segments = segments,
            Size = parts.Sum(part => part.Size),
            Headers = upload.Headers,
            Checksum = checksum,
            Parts = [.. parts.Select((part, index) => new ObjectPart(index + 1, part.Size, upload.Algorithm is null ? null : part.Checksum))],
            Tags = upload.Tags,
        });
        lock (bucket.Lock) bucket.Uploads.Remove(upload.Id);
        return S3Xml.Response("CompleteMultipartUploadResult", writer =>
        {
            writer.WriteElementString("Location", $"{call.Request.Endpoint}/{bucket.Name}/{Uri.EscapeDataString(upload.Key)}");
            writer.WriteElementString("Bucket", bucket.Name);
            writer.WriteElementString("Key", upload.Key);
            writer.WriteElementString("ETag", $"\"{version.ETag}\"");
            writer.WriteElementString("Checksum" + checksum.Algorithm, checksum.Value);
            writer.WriteElementString("ChecksumType", checksum.Type);
        }, headers: [.. ObjectWriter.WrittenHeaders(bucket, version)]);
    }

    private static List<UploadedPart> Chosen(MultipartUpload upload, List<XElement> named)
    {
        if (named.Count == 0) throw S3Errors.MalformedXml();
        var parts = new List<UploadedPart>(named.Count);
        foreach (var element in named)
        {
            if (!int.TryParse(element.Child("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw S3Errors.MalformedXml();
            if (parts.Count > 0 && number <= parts[^1].Number)
                throw new SandboxException(400, "InvalidPartOrder", "The list of parts was not in ascending order. The parts list must be specified in order by part number.");
            if (!upload.Parts.TryGetValue(number, out var part) || element.Child("ETag")?.Trim('"') != part.ETag
                || element.Child("Checksum" + part.Checksum.Algorithm) is { } stated && stated != part.Checksum.Value)
                throw new SandboxException(400, "InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.")
                {
                    Details = [new("PartNumber", number.ToString(CultureInfo.InvariantCulture)), new("UploadId", upload.Id)],
                };
            parts.Add(part);
        }
        if (parts.SkipLast(1).Any(part => part.Size < SmallestPart))
            throw new SandboxException(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        return parts;
    }

    private static Checksum ChecksumOf(MultipartUpload upload, List<UploadedPart> parts, ReadOnlyMemory<byte>[] segments)
    {
        var algorithm = upload.Algorithm ?? Checksums.Default;
        if (!upload.IsComposite) return new(algorithm, Convert.ToBase64String(Checksums.Digest(algorithm, segments)));
        byte[] digests = [.. parts.SelectMany(part => Convert.FromBase64String(part.Checksum.Value))];
        return new(algorithm, $"{Checksums.Of(algorithm, digests)}-{parts.Count}", IsComposite: true);
    }

    private static void CheckDeclared(S3Call call, Checksum checksum, long size)
    {
        if (call.Header(Checksums.Header(checksum.Algorithm)) is { } declared && declared.Split('-')[0] != checksum.Value.Split('-')[0])
            throw new SandboxException(400, "BadDigest", $"The {checksum.Algorithm} you specified did not match the calculated checksum.");
        if (call.Header("x-amz-mp-object-size") is { } text && text != size.ToString(CultureInfo.InvariantCulture))
            throw S3Errors.InvalidRequest("The provided 'x-amz-mp-object-size' header value does not match what was computed.");
    }

    /// <summary>The MD5 of the parts' MD5s, and their number.</summary>
    private static string ETag(MultipartUpload upload, List<UploadedPart> parts)
    {
        byte[] digests = [.. parts.SelectMany(part => Convert.FromHexString(part.ETag))];
        var md5 = Convert.ToHexStringLower(Md5.Of(digests));
        var isPlain = upload.Headers.Encryption == "AES256" && upload.Headers.CustomerKeyHash is null;
        return $"{(isPlain ? md5 : SandboxWorld.HashId("encrypted " + md5, 32).ToLowerInvariant())}-{parts.Count}";
    }
}
