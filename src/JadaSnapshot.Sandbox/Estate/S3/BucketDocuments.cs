namespace JadaSnapshot.Sandbox.Estate.S3;

/// <summary>The configuration documents of buckets, as they are sent to S3.</summary>
internal static class BucketDocuments
{
    private const string Xmlns = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    public static string Location(string region) =>
        $"<CreateBucketConfiguration {Xmlns}><LocationConstraint>{region}</LocationConstraint></CreateBucketConfiguration>";

    public static string Versioning(string status) =>
        $"<VersioningConfiguration {Xmlns}><Status>{status}</Status></VersioningConfiguration>";

    public static string Website => $"""
        <WebsiteConfiguration {Xmlns}><ErrorDocument><Key>404.html</Key></ErrorDocument><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>
        """;

    public static string WebsiteWithRules => $"""
        <WebsiteConfiguration {Xmlns}><ErrorDocument><Key>404.html</Key></ErrorDocument><IndexDocument><Suffix>index.html</Suffix></IndexDocument><RoutingRules><RoutingRule><Condition><KeyPrefixEquals>blog/</KeyPrefixEquals></Condition><Redirect><ReplaceKeyPrefixWith>log/</ReplaceKeyPrefixWith><HttpRedirectCode>301</HttpRedirectCode></Redirect></RoutingRule></RoutingRules></WebsiteConfiguration>
        """;

    public static string RedirectTo(string host) =>
        $"<WebsiteConfiguration {Xmlns}><RedirectAllRequestsTo><HostName>{host}</HostName><Protocol>https</Protocol></RedirectAllRequestsTo></WebsiteConfiguration>";

    public static string PublicRead(string bucket) => Policy("PublicReadGetObject", $$"""
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::{{bucket}}/*"
        """);

    public static string ReadBy(string bucket, string distributionArn) => Policy("AllowCloudFrontServicePrincipal", $$"""
        "Effect": "Allow",
        "Principal": { "Service": "cloudfront.amazonaws.com" },
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::{{bucket}}/*",
        "Condition": { "StringEquals": { "AWS:SourceArn": "{{distributionArn}}" } }
        """);

    public static string LogDelivery(string bucket, string account) => Policy("S3ServerAccessLogs", $$"""
        "Effect": "Allow",
        "Principal": { "Service": "logging.s3.amazonaws.com" },
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::{{bucket}}/*",
        "Condition": { "StringEquals": { "aws:SourceAccount": "{{account}}" } }
        """);

    public static string TlsOnly(string bucket) => Policy("TlsOnly", $$"""
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::{{bucket}}", "arn:aws:s3:::{{bucket}}/*"],
        "Condition": { "Bool": { "aws:SecureTransport": "false" } }
        """);

    public static string Cors(string origin) => $"""
        <CORSConfiguration {Xmlns}><CORSRule><ID>site</ID><AllowedHeader>*</AllowedHeader><AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod><AllowedOrigin>https://{origin}</AllowedOrigin><AllowedOrigin>https://www.{origin}</AllowedOrigin><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>3600</MaxAgeSeconds></CORSRule></CORSConfiguration>
        """;

    public static string ExpireAfter(string prefix, int days) => $"""
        <LifecycleConfiguration {Xmlns}><Rule><ID>expire-{days}-days</ID><Filter><Prefix>{prefix}</Prefix></Filter><Status>Enabled</Status><Expiration><Days>{days}</Days></Expiration><AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>
        """;

    public static string MoveToCheaper => $"""
        <LifecycleConfiguration {Xmlns}><Rule><ID>cheaper-with-age</ID><Filter><And><Prefix></Prefix><Tag><Key>keep</Key><Value>long</Value></Tag><ObjectSizeGreaterThan>131072</ObjectSizeGreaterThan></And></Filter><Status>Enabled</Status><Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition><NoncurrentVersionExpiration><NoncurrentDays>90</NoncurrentDays><NewerNoncurrentVersions>5</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule></LifecycleConfiguration>
        """;

    public static string EncryptedByS3 => $"""
        <ServerSideEncryptionConfiguration {Xmlns}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>
        """;

    public static string EncryptedBy(string keyArn) => $"""
        <ServerSideEncryptionConfiguration {Xmlns}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>{keyArn}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>
        """;

    public static string PublicAccessBlock(bool closed)
    {
        var value = closed ? "true" : "false";
        return $"<PublicAccessBlockConfiguration {Xmlns}><BlockPublicAcls>{value}</BlockPublicAcls><IgnorePublicAcls>{value}</IgnorePublicAcls><BlockPublicPolicy>{value}</BlockPublicPolicy><RestrictPublicBuckets>{value}</RestrictPublicBuckets></PublicAccessBlockConfiguration>";
    }

    public static string OwnedBy(string ownership) =>
        $"<OwnershipControls {Xmlns}><Rule><ObjectOwnership>{ownership}</ObjectOwnership></Rule></OwnershipControls>";

    public static string Tags(params IEnumerable<(string Key, string Value)> tags) =>
        $"<Tagging {Xmlns}><TagSet>{string.Concat(tags.Select(tag => $"<Tag><Key>{tag.Key}</Key><Value>{tag.Value}</Value></Tag>"))}</TagSet></Tagging>";

    public static string LogTo(string bucket, string prefix) =>
        $"<BucketLoggingStatus {Xmlns}><LoggingEnabled><TargetBucket>{bucket}</TargetBucket><TargetPrefix>{prefix}</TargetPrefix></LoggingEnabled></BucketLoggingStatus>";

    public static string Notify(string functionArn, string suffix) => $"""
        <NotificationConfiguration {Xmlns}><CloudFunctionConfiguration><Id>on-upload</Id><CloudFunction>{functionArn}</CloudFunction><Event>s3:ObjectCreated:*</Event><Filter><S3Key><FilterRule><Name>suffix</Name><Value>{suffix}</Value></FilterRule></S3Key></Filter></CloudFunctionConfiguration></NotificationConfiguration>
        """;

    public static string Accelerated => $"<AccelerateConfiguration {Xmlns}><Status>Enabled</Status></AccelerateConfiguration>";

    public static string RequesterPays => $"<RequestPaymentConfiguration {Xmlns}><Payer>Requester</Payer></RequestPaymentConfiguration>";

    public static string Metrics(string id, string prefix) =>
        $"<MetricsConfiguration {Xmlns}><Id>{id}</Id><Filter><Prefix>{prefix}</Prefix></Filter></MetricsConfiguration>";

    public static string Analytics(string id) =>
        $"<AnalyticsConfiguration {Xmlns}><Id>{id}</Id><StorageClassAnalysis/></AnalyticsConfiguration>";

    public static string Tiering(string id, int days) =>
        $"<IntelligentTieringConfiguration {Xmlns}><Id>{id}</Id><Status>Enabled</Status><Tiering><Days>{days}</Days><AccessTier>ARCHIVE_ACCESS</AccessTier></Tiering></IntelligentTieringConfiguration>";

    public static string Inventory(string id, string target) => $"""
        <InventoryConfiguration {Xmlns}><Destination><S3BucketDestination><Format>CSV</Format><Bucket>arn:aws:s3:::{target}</Bucket><Prefix>inventory</Prefix></S3BucketDestination></Destination><IsEnabled>true</IsEnabled><Id>{id}</Id><IncludedObjectVersions>All</IncludedObjectVersions><OptionalFields><Field>Size</Field><Field>ETag</Field></OptionalFields><Schedule><Frequency>Weekly</Frequency></Schedule></InventoryConfiguration>
        """;

    public static string ReplicateTo(string target, string roleArn) => $"""
        <ReplicationConfiguration {Xmlns}><Role>{roleArn}</Role><Rule><ID>to-backup</ID><Priority>1</Priority><Filter><Prefix>log/</Prefix></Filter><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::{target}</Bucket><StorageClass>STANDARD_IA</StorageClass></Destination><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication></Rule></ReplicationConfiguration>
        """;

    private static string Policy(string sid, string statement) => $$"""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "{{sid}}",
              {{statement.ReplaceLineEndings("\n      ")}}
            }
          ]
        }
        """;
}
