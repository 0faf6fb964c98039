using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>The request to S3 that a task is.</summary>
internal static class TaskRequest
{
    private const string Encryption = "x-amz-server-side-encryption";

    public static Task SendAsync(BatchJob job, BatchTask task, S3Objects objects, CancellationToken cancel)
    {
        var operation = job.Operation.Tree.Elements().Single();
        return operation.Name.LocalName == "S3PutObjectCopy" ? CopyAsync(job.Region, operation, task, objects, cancel) : TagAsync(job.Region, operation, task, objects, cancel);
    }

    private static Task CopyAsync(string region, XElement copy, BatchTask task, S3Objects objects, CancellationToken cancel)
    {
        var key = copy.Text("TargetKeyPrefix") is { } folder ? $"{folder}/{task.Key}" : task.Key;
        return objects.SendAsync(region, S3Objects.Path(JobRules.BucketOf(copy.Text("TargetResource")!), key), [], [.. Headers(copy, task)], "", cancel);
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(XElement copy, BatchTask task)
    {
        yield return new("x-amz-copy-source", S3Objects.Path(task.Bucket, task.Key) + (task.VersionId is { } version ? "?versionId=" + Uri.EscapeDataString(version) : ""));
        foreach (var (name, header) in new[]
        {
            ("StorageClass", "x-amz-storage-class"), ("CannedAccessControlList", "x-amz-acl"), ("RedirectLocation", "x-amz-website-redirect-location"),
            ("ChecksumAlgorithm", "x-amz-checksum-algorithm"), ("ObjectLockMode", "x-amz-object-lock-mode"), ("ObjectLockRetainUntilDate", "x-amz-object-lock-retain-until-date"),
            ("ObjectLockLegalHoldStatus", "x-amz-object-lock-legal-hold"), ("SSEAwsKmsKeyId", Encryption + "-aws-kms-key-id"), ("BucketKeyEnabled", Encryption + "-bucket-key-enabled"),
            ("ModifiedSinceConstraint", "x-amz-copy-source-if-modified-since"), ("UnModifiedSinceConstraint", "x-amz-copy-source-if-unmodified-since"),
        })
            if (copy.Text(name) is { } value) yield return new(header, value);
        if (copy.Element("NewObjectTagging") is { } tags)
        {
            yield return new("x-amz-tagging-directive", "REPLACE");
            yield return new("x-amz-tagging", string.Join('&', tags.Elements().Select(tag => $"{Uri.EscapeDataString(tag.Text("Key") ?? "")}={Uri.EscapeDataString(tag.Text("Value") ?? "")}")));
        }
        var metadata = copy.Element("NewObjectMetadata");
        if (metadata is not null || copy.Text("MetadataDirective") == "REPLACE") yield return new("x-amz-metadata-directive", "REPLACE");
        if (copy.Text("SSEAwsKmsKeyId") is not null || metadata?.Text("SSEAlgorithm") == "KMS") yield return new(Encryption, "aws:kms");
        else if (metadata?.Text("SSEAlgorithm") is { } algorithm) yield return new(Encryption, algorithm);
        if (metadata is not null)
            foreach (var header in Headers(metadata)) yield return header;
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(XElement metadata)
    {
        foreach (var (name, header) in new[]
        {
            ("CacheControl", "Cache-Control"), ("ContentDisposition", "Content-Disposition"), ("ContentEncoding", "Content-Encoding"), ("ContentLanguage", "Content-Language"), ("ContentType", "Content-Type"),
        })
            if (metadata.Text(name) is { } value) yield return new(header, value);
        if (metadata.Text("HttpExpiresDate") is { } expires) yield return new("Expires", DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture));
        foreach (var entry in metadata.Element("UserMetadata")?.Elements() ?? []) yield return new("x-amz-meta-" + entry.Text("key"), entry.Text("value") ?? "");
    }

    private static Task TagAsync(string region, XElement tagging, BatchTask task, S3Objects objects, CancellationToken cancel)
    {
        var tags = new XElement("Tagging", new XElement("TagSet", (tagging.Element("TagSet")?.Elements() ?? []).Select(tag => new XElement("Tag", tag.Elements()))));
        return objects.SendAsync(region, S3Objects.Path(task.Bucket, task.Key),
            task.VersionId is { } version ? [new("tagging", ""), new("versionId", version)] : [new("tagging", "")], [], XmlAnswer.Text(tags), cancel);
    }
}
