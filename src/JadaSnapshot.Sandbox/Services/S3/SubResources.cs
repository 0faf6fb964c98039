using System.Text;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>A configuration of a bucket, reached by a name in the query.</summary>
/// <param name="Query">The name in the query.</param>
/// <param name="Noun">What operations on it are called after.</param>
/// <param name="Root">The root element of its document; null for JSON.</param>
internal sealed record SubResource(string Query, string Noun, string? Root)
{
    /// <summary>What is answered where none is set and there is no default.</summary>
    public SandboxException? NotSet { get; init; }

    /// <summary>What is answered where none is set.</summary>
    public string? Default { get; init; }

    /// <summary>Whether a bucket may have several, told apart by id.</summary>
    public bool HasIds { get; init; }

    /// <summary>What DELETE is called after, where that differs; null where there is no DELETE.</summary>
    public string? DeleteNoun { get; init; }

    /// <summary>What the rights to it are called after, where that differs from <see cref="Noun"/>.</summary>
    public string? Right { get; init; }

    /// <summary>Whether deleting it is a right of its own, not that of putting it.</summary>
    public bool HasDeleteRight { get; init; }

    public int PutStatus { get; init; } = 200;

    /// <summary>The action that IAM knows for a request.</summary>
    /// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html</remarks>
    public string ActionOf(SandboxRequest request) => $"s3:{request.Method switch { "GET" => "Get", "DELETE" when HasDeleteRight => "Delete", _ => "Put" }}{Right ?? Noun}";

    public string Operation(SandboxRequest request) => request.Method switch
    {
        "GET" when HasIds && request.Parameter("id") is null => $"List{Noun}s",
        "GET" => "Get" + Noun,
        "PUT" => "Put" + Noun,
        "DELETE" when DeleteNoun is not null => "Delete" + DeleteNoun,
        _ => throw S3Errors.MethodNotAllowed(request.Method, Query),
    };
}

/// <summary>Every configuration that a bucket has in the sandbox, with its own way of not being set.</summary>
internal static class SubResources
{
    private const string Xmlns = $" xmlns=\"{S3Xml.Namespace}\"";

    private static readonly SandboxException NoSuchConfiguration = Unset("NoSuchConfiguration", "The specified configuration does not exist.");

    public static IReadOnlyList<SubResource> All { get; } =
    [
        new("accelerate", "BucketAccelerateConfiguration", "AccelerateConfiguration") { Right = "AccelerateConfiguration", Default = $"<AccelerateConfiguration{Xmlns}/>" },
        new("acl", "BucketAcl", "AccessControlPolicy"),
        new("analytics", "BucketAnalyticsConfiguration", "AnalyticsConfiguration") { Right = "AnalyticsConfiguration", HasIds = true, NotSet = NoSuchConfiguration, DeleteNoun = "BucketAnalyticsConfiguration" },
        new("cors", "BucketCors", "CORSConfiguration") { Right = "BucketCORS", NotSet = Unset("NoSuchCORSConfiguration", "The CORS configuration does not exist"), DeleteNoun = "BucketCors" },
        new("encryption", "BucketEncryption", "ServerSideEncryptionConfiguration")
        {
            Right = "EncryptionConfiguration",
            Default = $"<ServerSideEncryptionConfiguration{Xmlns}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>",
            DeleteNoun = "BucketEncryption",
        },
        new("intelligent-tiering", "BucketIntelligentTieringConfiguration", "IntelligentTieringConfiguration") { Right = "IntelligentTieringConfiguration", HasIds = true, NotSet = NoSuchConfiguration, DeleteNoun = "BucketIntelligentTieringConfiguration" },
        new("inventory", "BucketInventoryConfiguration", "InventoryConfiguration") { Right = "InventoryConfiguration", HasIds = true, NotSet = NoSuchConfiguration, DeleteNoun = "BucketInventoryConfiguration" },
        new("lifecycle", "BucketLifecycleConfiguration", "LifecycleConfiguration") { Right = "LifecycleConfiguration", NotSet = Unset("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"), DeleteNoun = "BucketLifecycle" },
        new("logging", "BucketLogging", "BucketLoggingStatus") { Default = $"<BucketLoggingStatus{Xmlns}/>" },
        new("metrics", "BucketMetricsConfiguration", "MetricsConfiguration") { Right = "MetricsConfiguration", HasIds = true, NotSet = NoSuchConfiguration, DeleteNoun = "BucketMetricsConfiguration" },
        new("notification", "BucketNotificationConfiguration", "NotificationConfiguration") { Right = "BucketNotification", Default = $"<NotificationConfiguration{Xmlns}/>" },
        new("object-lock", "ObjectLockConfiguration", "ObjectLockConfiguration") { Right = "BucketObjectLockConfiguration", NotSet = Unset("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket") },
        new("ownershipControls", "BucketOwnershipControls", "OwnershipControls") { NotSet = Unset("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"), DeleteNoun = "BucketOwnershipControls" },
        new("policy", "BucketPolicy", null) { HasDeleteRight = true, NotSet = Unset("NoSuchBucketPolicy", "The bucket policy does not exist"), DeleteNoun = "BucketPolicy", PutStatus = 204 },
        new("publicAccessBlock", "PublicAccessBlock", "PublicAccessBlockConfiguration") { Right = "BucketPublicAccessBlock", NotSet = Unset("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"), DeleteNoun = "PublicAccessBlock" },
        new("replication", "BucketReplication", "ReplicationConfiguration") { Right = "ReplicationConfiguration", NotSet = Unset("ReplicationConfigurationNotFoundError", "The replication configuration was not found"), DeleteNoun = "BucketReplication" },
        new("requestPayment", "BucketRequestPayment", "RequestPaymentConfiguration") { Default = $"<RequestPaymentConfiguration{Xmlns}><Payer>BucketOwner</Payer></RequestPaymentConfiguration>" },
        new("tagging", "BucketTagging", "Tagging") { NotSet = Unset("NoSuchTagSet", "The TagSet does not exist"), DeleteNoun = "BucketTagging", PutStatus = 204 },
        new("versioning", "BucketVersioning", "VersioningConfiguration") { Default = $"<VersioningConfiguration{Xmlns}/>" },
        new("website", "BucketWebsite", "WebsiteConfiguration") { HasDeleteRight = true, NotSet = Unset("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"), DeleteNoun = "BucketWebsite" },
    ];

    private static readonly Dictionary<string, SubResource> ByQuery = All.ToDictionary(sub => sub.Query);

    public static SubResource? Find(string query) => ByQuery.GetValueOrDefault(query);

    /// <summary>A new bucket blocks public access and enforces its owner, as S3 has made them since April 2023.</summary>
    public static void SetDefaults(Bucket bucket, string? ownership)
    {
        bucket.Documents[("publicAccessBlock", "")] = Encoding.UTF8.GetBytes(
            $"<PublicAccessBlockConfiguration{Xmlns}><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>");
        bucket.Documents[("ownershipControls", "")] = S3Xml.Document("OwnershipControls", writer =>
        {
            writer.WriteStartElement("Rule");
            writer.WriteElementString("ObjectOwnership", ownership ?? "BucketOwnerEnforced");
            writer.WriteEndElement();
        });
    }

    private static SandboxException Unset(string code, string message) => new(404, code, message);
}
