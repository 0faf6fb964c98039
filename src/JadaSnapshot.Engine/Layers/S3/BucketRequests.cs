using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>How one sub-resource of a bucket is set by <c>aws s3api</c>.</summary>
/// <param name="File">The document that says it.</param>
/// <param name="Operation">The command.</param>
/// <param name="Member">The member of the request that takes it.</param>
/// <param name="Item">Where a document lists several, the element of each; each is set by its id.</param>
internal sealed record BucketRequest(string File, string Operation, string Member, string? Item = null)
{
    /// <summary>The command, which reads its request.</summary>
    public FormattableString Command(string region) => System.Runtime.CompilerServices.FormattableStringFactory.Create($"request aws s3api {Operation} --region {{0}}", region);

    /// <summary>What to set; nothing where the document says that nothing is set.</summary>
    public IEnumerable<(string? Id, JsonNode Configuration)> Of(XElement document)
    {
        if (Item is not null) return document.All(Item).Select(item => (item.Text("Id"), BucketRequests.Shape.Of(item)));
        document.Elements().Where(element => element.Name.LocalName is "Owner" or "MfaDelete").Remove();
        return document.HasElements && document.Text("Payer") != "BucketOwner" ? [(null, BucketRequests.Shape.Of(document))] : [];
    }
}

/// <summary>The sub-resources of a bucket that can be set, in the order in which they are.</summary>
internal static class BucketRequests
{
    public static RequestShape Shape { get; } = new()
    {
        Lists = new HashSet<string> { "TagSet", "RoutingRules", "OptionalFields", "TargetGrants" },
        Repeated = new Dictionary<string, string>
        {
            ["CORSConfiguration/CORSRule"] = "CORSRules",
            ["CORSRule/AllowedHeader"] = "AllowedHeaders",
            ["CORSRule/AllowedMethod"] = "AllowedMethods",
            ["CORSRule/AllowedOrigin"] = "AllowedOrigins",
            ["CORSRule/ExposeHeader"] = "ExposeHeaders",
            ["ServerSideEncryptionConfiguration/Rule"] = "Rules",
            ["OwnershipControls/Rule"] = "Rules",
            ["LifecycleConfiguration/Rule"] = "Rules",
            ["Rule/Transition"] = "Transitions",
            ["Rule/NoncurrentVersionTransition"] = "NoncurrentVersionTransitions",
            ["And/Tag"] = "Tags",
            ["ReplicationConfiguration/Rule"] = "Rules",
            ["NotificationConfiguration/CloudFunctionConfiguration"] = "LambdaFunctionConfigurations",
            ["NotificationConfiguration/QueueConfiguration"] = "QueueConfigurations",
            ["NotificationConfiguration/TopicConfiguration"] = "TopicConfigurations",
            ["CloudFunctionConfiguration/Event"] = "Events",
            ["QueueConfiguration/Event"] = "Events",
            ["TopicConfiguration/Event"] = "Events",
            ["S3Key/FilterRule"] = "FilterRules",
            ["IntelligentTieringConfiguration/Tiering"] = "Tierings",
        },
        Names = new Dictionary<string, string> { ["CloudFunction"] = "LambdaFunctionArn", ["Queue"] = "QueueArn", ["Topic"] = "TopicArn", ["S3Key"] = "Key" },
        Numbers = new HashSet<string>
        {
            "MaxAgeSeconds", "Days", "NoncurrentDays", "NewerNoncurrentVersions", "DaysAfterInitiation", "ObjectSizeGreaterThan", "ObjectSizeLessThan", "Priority", "Minutes", "Years",
        },
        Flags = new HashSet<string> { "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets", "BucketKeyEnabled", "ExpiredObjectDeleteMarker", "IsEnabled" },
        Objects = new HashSet<string> { "EventBridgeConfiguration", "StorageClassAnalysis", "Filter", "SSES3" },
    };

    public static IReadOnlyList<BucketRequest> BeforeObjects { get; } =
    [
        new("ownership-controls.xml", "put-bucket-ownership-controls", "OwnershipControls"),
        new("public-access-block.xml", "put-public-access-block", "PublicAccessBlockConfiguration"),
        new("encryption.xml", "put-bucket-encryption", "ServerSideEncryptionConfiguration"),
        new("versioning.xml", "put-bucket-versioning", "VersioningConfiguration"),
        new("object-lock.xml", "put-object-lock-configuration", "ObjectLockConfiguration"),
        new("tagging.xml", "put-bucket-tagging", "Tagging"),
    ];

    /// <summary>None of these may see objects come back as if they were new.</summary>
    public static IReadOnlyList<BucketRequest> AfterObjects { get; } =
    [
        new("cors.xml", "put-bucket-cors", "CORSConfiguration"),
        new("website.xml", "put-bucket-website", "WebsiteConfiguration"),
        new("accelerate.xml", "put-bucket-accelerate-configuration", "AccelerateConfiguration"),
        new("request-payment.xml", "put-bucket-request-payment", "RequestPaymentConfiguration"),
        new("logging.xml", "put-bucket-logging", "BucketLoggingStatus"),
        new("analytics.xml", "put-bucket-analytics-configuration", "AnalyticsConfiguration", "AnalyticsConfiguration"),
        new("intelligent-tiering.xml", "put-bucket-intelligent-tiering-configuration", "IntelligentTieringConfiguration", "IntelligentTieringConfiguration"),
        new("inventory.xml", "put-bucket-inventory-configuration", "InventoryConfiguration", "InventoryConfiguration"),
        new("metrics.xml", "put-bucket-metrics-configuration", "MetricsConfiguration", "MetricsConfiguration"),
        new("lifecycle.xml", "put-bucket-lifecycle-configuration", "LifecycleConfiguration"),
        new("notification.xml", "put-bucket-notification-configuration", "NotificationConfiguration"),
        new("replication.xml", "put-bucket-replication", "ReplicationConfiguration"),
    ];
}
