using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>The configuration of a bucket: one document a sub-resource, all asked for at once.</summary>
internal static class BucketConfiguration
{
    /// <param name="Operation">The operation, in S3's own term.</param>
    /// <param name="Parameter">The query parameter that selects it.</param>
    /// <param name="File">The file that keeps the document.</param>
    /// <param name="NotSet">The error codes that say that there is none: an absence, not a problem.</param>
    internal sealed record SubResource(string Operation, string Parameter, string File, params string[] NotSet);

    internal static SubResource Versioning { get; } = new("GetBucketVersioning", "versioning", "versioning.xml");

    /// <summary>Every sub-resource that describes a bucket (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html"/>).</summary>
    internal static IReadOnlyList<SubResource> SubResources { get; } =
    [
        new("GetBucketLocation", "location", "location.xml"),
        new("GetBucketAcl", "acl", "acl.xml"),
        new("GetBucketAccelerateConfiguration", "accelerate", "accelerate.xml"),
        new("GetBucketCors", "cors", "cors.xml", "NoSuchCORSConfiguration"),
        new("GetBucketEncryption", "encryption", "encryption.xml", "ServerSideEncryptionConfigurationNotFoundError"),
        new("GetBucketLifecycleConfiguration", "lifecycle", "lifecycle.xml", "NoSuchLifecycleConfiguration"),
        new("GetBucketLogging", "logging", "logging.xml"),
        new("GetBucketNotificationConfiguration", "notification", "notification.xml"),
        new("GetObjectLockConfiguration", "object-lock", "object-lock.xml", "ObjectLockConfigurationNotFoundError"),
        new("GetBucketOwnershipControls", "ownershipControls", "ownership-controls.xml", "OwnershipControlsNotFoundError"),
        new("GetBucketPolicy", "policy", "policy.json", "NoSuchBucketPolicy"),
        new("GetPublicAccessBlock", "publicAccessBlock", "public-access-block.xml", "NoSuchPublicAccessBlockConfiguration"),
        new("GetBucketReplication", "replication", "replication.xml", "ReplicationConfigurationNotFoundError"),
        new("GetBucketRequestPayment", "requestPayment", "request-payment.xml"),
        new("GetBucketTagging", "tagging", "tagging.xml", "NoSuchTagSet"),
        Versioning,
        new("GetBucketWebsite", "website", "website.xml", "NoSuchWebsiteConfiguration"),
        new("ListBucketAnalyticsConfigurations", "analytics", "analytics.xml"),
        new("ListBucketIntelligentTieringConfigurations", "intelligent-tiering", "intelligent-tiering.xml"),
        new("ListBucketInventoryConfigurations", "inventory", "inventory.xml"),
        new("ListBucketMetricsConfigurations", "metrics", "metrics.xml"),
    ];

    internal static string FolderOf(string bucket) => $"aws-configs/s3/{PathNames.FromName(bucket)}/";

    /// <summary>Keeps every sub-resource but the versioning, which <see cref="BucketVersions"/> reads and keeps.</summary>
    public static async Task CaptureAsync(LayerContext context, string bucket, ISnapshotSink sink, CancellationToken cancel)
    {
        var calls = context.Transfers.NewGroup();
        try
        {
            foreach (var part in SubResources.Where(part => part != Versioning))
                await calls.AddAsync(token => CaptureAsync(context, bucket, part, sink, token), cancel);
        }
        finally
        {
            await calls.CompleteAsync();
        }
    }

    /// <summary>Keeps one sub-resource; gives its first page, or null where there is none or it was refused.</summary>
    internal static async Task<byte[]?> CaptureAsync(LayerContext context, string bucket, SubResource part, ISnapshotSink sink, CancellationToken cancel)
    {
        byte[]? first = null;
        string? continuation = null;
        var page = 1;
        try
        {
            do
            {
                var query = S3Path.Query((part.Parameter, ""), ("continuation-token", continuation));
                var document = await context.S3.GetDocumentAsync(new() { Operation = part.Operation, Bucket = bucket, Query = query }, cancel);
                await sink.WriteAsync(FolderOf(bucket) + PageName(part.File, page++), document, cancel);
                first ??= document;
                continuation = part.Operation.StartsWith("List", StringComparison.Ordinal) ? NextPage(document) : null;
            }
            while (continuation is not null);
        }
        catch (ServiceException exception) when (part.NotSet.Contains(exception.Code))
        {
            // Not set: the file's absence says so.
        }
        catch (ServiceException exception)
        {
            sink.Report(part.Operation, exception);
        }
        return first;
    }

    private static string PageName(string file, int page) =>
        page == 1 ? file : $"{Path.GetFileNameWithoutExtension(file)}-{page}{Path.GetExtension(file)}";

    private static string? NextPage(byte[] document)
    {
        var root = document.ToXml();
        return root.Elements().FirstOrDefault(element => element.Name.LocalName == "NextContinuationToken")?.Value is { Length: > 0 } next ? next : null;
    }
}
