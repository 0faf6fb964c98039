using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>What a caller of S3 has to be allowed. Its actions are called otherwise than its operations.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html</remarks>
internal static class S3Needs
{
    public static IEnumerable<AccessNeed> Of(S3Store store, SandboxRequest request)
    {
        var address = S3Address.Of(request);
        if (address.Bucket is not { } bucket) return [new("s3:ListAllMyBuckets", AccessNeed.AnyResource)];
        return address.Key is { } key ? OfObject(store, request, bucket, key) : OfBucket(request, bucket);
    }

    private static IEnumerable<AccessNeed> OfBucket(SandboxRequest request, string bucket)
    {
        if (request.Operation == "DeleteObjects") return S3Xml.Read(request.Body, "Delete").Children("Object").Select(named => Versioned("s3:Delete", "Object", bucket, named.Child("Key") ?? "", named.Child("VersionId")));
        if (request.Query.Select(pair => SubResources.Find(pair.Key)).FirstOrDefault(sub => sub is not null) is { } subResource) return [new(subResource.ActionOf(request), ArnOf(bucket))];
        return request.Operation switch
        {
            "ListObjects" or "ListObjectsV2" or "HeadBucket" => [Listing("s3:ListBucket", request, bucket)],
            "ListObjectVersions" => [Listing("s3:ListBucketVersions", request, bucket)],
            "ListMultipartUploads" => [new("s3:ListBucketMultipartUploads", ArnOf(bucket))],
            var other => [new($"s3:{other}", ArnOf(bucket))],
        };
    }

    private static IEnumerable<AccessNeed> OfObject(S3Store store, SandboxRequest request, string bucket, string key)
    {
        var version = request.Parameter("versionId") is { Length: > 0 } id ? id : null;
        switch (request.Operation)
        {
            case "GetObject" or "HeadObject":
                yield return Versioned("s3:Get", "Object", bucket, key, version);
                // Who may not list is not told that there is nothing.
                if (store.Find(bucket) is { } held && IsMissing(held, key)) yield return new("s3:ListBucket", ArnOf(bucket));
                break;
            case "GetObjectAttributes":
                yield return Versioned("s3:Get", "Object", bucket, key, version);
                yield return Versioned("s3:Get", "Object", bucket, key, version, "Attributes");
                break;
            case "GetObjectTagging" or "PutObjectTagging" or "DeleteObjectTagging" or "GetObjectAcl" or "PutObjectAcl":
                var end = request.Operation.EndsWith("Acl", StringComparison.Ordinal) ? "Acl" : "Tagging";
                yield return Versioned($"s3:{request.Operation[..^(end.Length + "Object".Length)]}", "Object", bucket, key, version, end);
                break;
            case "CopyObject" or "UploadPartCopy":
                var source = CopySource.Read(request.Headers["x-amz-copy-source"].ToString());
                yield return Versioned("s3:Get", "Object", source.Bucket, source.Key, source.VersionId);
                var takesTags = request.Operation == "CopyObject" && request.Headers["x-amz-tagging-directive"] != "REPLACE" && HasTags(store, source);
                if (takesTags) yield return Versioned("s3:Get", "Object", source.Bucket, source.Key, source.VersionId, "Tagging");
                foreach (var need in Writing(request, bucket, key, takesTags)) yield return need;
                break;
            case "PutObject" or "CreateMultipartUpload" or "UploadPart" or "CompleteMultipartUpload":
                foreach (var need in Writing(request, bucket, key, takesTags: false)) yield return need;
                break;
            case "ListParts":
                yield return new("s3:ListMultipartUploadParts", ArnOf(bucket, key));
                break;
            case "DeleteObject":
                yield return Versioned("s3:Delete", "Object", bucket, key, version);
                break;
            default:
                yield return new($"s3:{request.Operation}", ArnOf(bucket, key));
                break;
        }
    }

    private static IEnumerable<AccessNeed> Writing(SandboxRequest request, string bucket, string key, bool takesTags)
    {
        var arn = ArnOf(bucket, key);
        yield return new("s3:PutObject", arn);
        if (takesTags || request.Headers["x-amz-tagging"].Count > 0) yield return new("s3:PutObjectTagging", arn);
        if (request.Headers["x-amz-acl"].Count > 0) yield return new("s3:PutObjectAcl", arn);
        if (request.Headers["x-amz-object-lock-mode"].Count > 0) yield return new("s3:PutObjectRetention", arn);
        if (request.Headers["x-amz-object-lock-legal-hold"].Count > 0) yield return new("s3:PutObjectLegalHold", arn);
    }

    // s3:GetObjectVersionTagging is s3:Get + Object + Version + Tagging.
    private static AccessNeed Versioned(string verb, string noun, string bucket, string key, string? version, string end = "") =>
        new($"{verb}{noun}{(version is null ? "" : "Version")}{end}", ArnOf(bucket, key));

    private static AccessNeed Listing(string action, SandboxRequest request, string bucket) =>
        new(action, ArnOf(bucket), request.Parameter("prefix") is { } prefix ? [new("s3:prefix", prefix)] : []);

    private static bool IsMissing(Bucket bucket, string key)
    {
        lock (bucket.Lock) return bucket.Latest(key) is null;
    }

    private static bool HasTags(S3Store store, CopySource.Name source)
    {
        if (store.Find(source.Bucket) is not { } bucket) return false;
        lock (bucket.Lock) return (source.VersionId is { } id ? bucket.Versions(source.Key).FirstOrDefault(version => version.VersionId == id) : bucket.Latest(source.Key))?.Tags.Count > 0;
    }

    private static string ArnOf(string bucket, string? key = null) => $"arn:aws:s3:::{bucket}{(key is null ? "" : $"/{key}")}";
}
