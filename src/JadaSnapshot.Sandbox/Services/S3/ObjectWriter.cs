using System.Text;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>PutObject, and what every way of making an object has in common.</summary>
internal static class ObjectWriter
{
    private const int LongestKey = 1_024;

    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations) => operations.Add("PutObject", Put);

    private static SandboxResponse Put(S3Call call)
    {
        var bucket = call.Bucket;
        RequireKey(call.Key);
        CustomerKeys.RequireKey(call);
        var headers = ObjectHeaders.Read(call.Request.Headers, DefaultEncryption(bucket));
        var sent = Integrity.Check(call.Request);
        ObjectLocks.RequireDigest(call, headers, sent is not null);
        headers = ObjectLocks.Applied(call, bucket, headers);
        var checksum = sent ?? new(Checksums.Default, Checksums.Of(Checksums.Default, call.Request.Body.Span));
        RequireNoAcl(call, bucket);
        var body = call.Request.Body;
        var version = Store(call, bucket, new()
        {
            Key = call.Key,
            LastModified = call.World.Now,
            ETag = ETag(headers, [body]),
            Segments = body.IsEmpty ? [] : [body],
            Size = body.Length,
            Headers = headers,
            Checksum = checksum,
            Tags = ObjectTags.FromHeader(call.Header("x-amz-tagging")),
        });
        return new()
        {
            Headers =
            [
                new("ETag", $"\"{version.ETag}\""), .. WrittenHeaders(bucket, version),
                new(Checksums.Header(checksum.Algorithm), checksum.Value), new("x-amz-checksum-type", checksum.Type),
            ],
        };
    }

    /// <summary>Makes a version the latest of its key, under an id of its own where versioning asks for it.</summary>
    public static ObjectVersion Store(S3Call call, Bucket bucket, ObjectVersion version)
    {
        lock (bucket.Lock)
        {
            Conditions.CheckWrite(call.Request.Headers, version.Key, bucket.Latest(version.Key));
            if (bucket.Versioning is Versioning.Enabled) version = version with { VersionId = call.Store.NewVersionId() };
            bucket.Add(version);
            return version;
        }
    }

    public static IEnumerable<KeyValuePair<string, string>> WrittenHeaders(Bucket bucket, ObjectVersion version)
    {
        if (version.Headers.CustomerKeyHash is null) yield return new("x-amz-server-side-encryption", version.Headers.Encryption);
        foreach (var field in version.Headers.Fields)
            if (field.Key.StartsWith("x-amz-server-side-encryption", StringComparison.Ordinal))
                yield return field;
        if (bucket.Versioning is Versioning.Enabled) yield return new("x-amz-version-id", version.VersionId);
    }

    public static void RequireKey(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) > LongestKey) throw new SandboxException(400, "KeyTooLongError", "Your key is too long") { Details = [new("MaxSizeAllowed", "1024")] };
    }

    /// <summary>An MD5 of the body, unless a key of KMS or of the customer stands between.</summary>
    public static string ETag(ObjectHeaders headers, IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        var md5 = Md5.Hex(segments);
        return headers.Encryption == "AES256" && headers.CustomerKeyHash is null ? md5 : SandboxWorld.HashId("encrypted " + md5, 32).ToLowerInvariant();
    }

    public static string DefaultEncryption(Bucket bucket)
    {
        byte[]? document;
        lock (bucket.Lock) document = bucket.Documents.GetValueOrDefault(("encryption", ""));
        if (document is null) return "AES256";
        return S3Xml.Read(document, "ServerSideEncryptionConfiguration").Children("Rule").SelectMany(rule => rule.Children("ApplyServerSideEncryptionByDefault"))
            .FirstOrDefault()?.Child("SSEAlgorithm") ?? "AES256";
    }

    public static void RequireNoAcl(S3Call call, Bucket bucket)
    {
        if (call.Header("x-amz-acl") is null or "private" or "bucket-owner-full-control") return;
        lock (bucket.Lock)
            if (SubResourceRules.IsOwnerEnforced(bucket))
                throw new SandboxException(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
    }
}
