using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>CopyObject.</summary>
internal static class ObjectCopier
{
    private const long LargestCopy = 5L << 30;

    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations) => operations.Add("CopyObject", Copy);

    private static SandboxResponse Copy(S3Call call)
    {
        var bucket = call.Bucket;
        ObjectWriter.RequireKey(call.Key);
        var (sourceBucket, source) = CopySource.Find(call);
        if (source.Size > LargestCopy) throw S3Errors.InvalidRequest($"The specified copy source is larger than the maximum allowable size for a copy source: {LargestCopy}");
        var replaces = Replaces(call, "x-amz-metadata-directive");
        var asked = ObjectHeaders.Read(call.Request.Headers, ObjectWriter.DefaultEncryption(bucket));
        if (bucket == sourceBucket && call.Key == source.Key && !replaces && call.Header("x-amz-copy-source")!.IndexOf("versionId=", StringComparison.Ordinal) < 0
            && asked.StorageClass == source.Headers.StorageClass && asked.Encryption == source.Headers.Encryption && asked.Fields.Count == 0)
            throw S3Errors.InvalidRequest("This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        ObjectWriter.RequireNoAcl(call, bucket);

        var headers = ObjectLocks.Applied(call, bucket, replaces ? asked : Kept(source.Headers, asked));
        var algorithm = call.Header("x-amz-checksum-algorithm") ?? source.Checksum?.Algorithm ?? Checksums.Default;
        var version = ObjectWriter.Store(call, bucket, new()
        {
            Key = call.Key,
            LastModified = call.World.Now,
            ETag = ObjectWriter.ETag(headers, source.Segments),
            Segments = source.Segments,
            Size = source.Size,
            Headers = headers,
            Checksum = new(algorithm, Convert.ToBase64String(Checksums.Digest(algorithm, source.Segments))),
            Tags = Replaces(call, "x-amz-tagging-directive") ? ObjectTags.FromHeader(call.Header("x-amz-tagging")) : source.Tags,
        });
        var written = ObjectWriter.WrittenHeaders(bucket, version).ToList();
        if (sourceBucket.Versioning is not Versioning.Never) written.Add(new("x-amz-copy-source-version-id", source.VersionId));
        return S3Xml.Response("CopyObjectResult", writer =>
        {
            writer.WriteElementString("LastModified", S3Xml.Instant(version.LastModified));
            writer.WriteElementString("ETag", $"\"{version.ETag}\"");
            writer.WriteElementString("Checksum" + algorithm, version.Checksum!.Value);
            writer.WriteElementString("ChecksumType", version.Checksum.Type);
        }, headers: written);
    }

    private static ObjectHeaders Kept(ObjectHeaders source, ObjectHeaders asked) => asked with
    {
        ContentType = source.ContentType,
        Metadata = source.Metadata,
        Fields = [.. source.Fields.Where(field => !field.Key.StartsWith("x-amz-", StringComparison.Ordinal)), .. asked.Fields.Where(field => field.Key.StartsWith("x-amz-", StringComparison.Ordinal))],
    };

    private static bool Replaces(S3Call call, string directive) => call.Header(directive) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw S3Errors.InvalidArgument("Unknown metadata directive.", directive, other),
    };
}
