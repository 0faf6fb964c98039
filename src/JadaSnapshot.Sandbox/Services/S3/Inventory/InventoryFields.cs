using System.Globalization;

namespace JadaSnapshot.Sandbox.Services.S3.Inventory;

/// <summary>A row of a report: a version of an object, or a delete marker.</summary>
internal readonly record struct InventoryRow(ObjectVersion Version, bool IsLatest);

/// <summary>The columns of a report.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html</remarks>
internal static class InventoryFields
{
    private static readonly string[] OfVersions = ["VersionId", "IsLatest", "IsDeleteMarker"];

    /// <summary>What a configuration may ask for, in the order of the columns.</summary>
    public static IReadOnlyList<string> Optional { get; } =
    [
        "Size", "LastModifiedDate", "ETag", "StorageClass", "IsMultipartUploaded", "ReplicationStatus", "EncryptionStatus", "ObjectLockRetainUntilDate", "ObjectLockMode",
        "ObjectLockLegalHoldStatus", "IntelligentTieringAccessTier", "BucketKeyStatus", "ChecksumAlgorithm", "ObjectAccessControlList", "ObjectOwner", "LifecycleExpirationDate",
    ];

    /// <summary>The columns of a configuration's reports.</summary>
    public static IReadOnlyList<string> Of(InventoryConfiguration configuration) =>
        ["Bucket", "Key", .. configuration.AllVersions ? OfVersions : [], .. configuration.Fields];

    /// <summary>What stands in a column; empty where there is nothing to say.</summary>
    public static string Value(string field, Bucket bucket, InventoryRow row, string owner)
    {
        var version = row.Version;
        return field switch
        {
            "Bucket" => bucket.Name,
            "Key" => KeyEncoding.Url(version.Key),
            "VersionId" => bucket.Versioning is Versioning.Never ? "" : version.VersionId,
            "IsLatest" => Word(row.IsLatest),
            "IsDeleteMarker" => Word(version.IsDeleteMarker),
            "LastModifiedDate" => S3Xml.Instant(version.LastModified),
            "ObjectOwner" => owner,
            _ when version.IsDeleteMarker => "",
            "Size" => version.Size.ToString(CultureInfo.InvariantCulture),
            "ETag" => version.ETag,
            "StorageClass" => version.Headers.StorageClass,
            "IsMultipartUploaded" => Word(version.Parts.Count > 0),
            "EncryptionStatus" => version.Headers.CustomerKeyHash is not null ? "SSE-C" : version.Headers.Encryption == "AES256" ? "SSE-S3" : "SSE-KMS",
            "ObjectLockMode" => Header(version, "x-amz-object-lock-mode"),
            "ObjectLockRetainUntilDate" => Header(version, "x-amz-object-lock-retain-until-date"),
            "ObjectLockLegalHoldStatus" => Header(version, "x-amz-object-lock-legal-hold"),
            "BucketKeyStatus" => "DISABLED",
            "ChecksumAlgorithm" => version.Checksum?.Algorithm ?? "",
            _ => "",
        };
    }

    private static string Header(ObjectVersion version, string name) => version.Headers.Fields.FirstOrDefault(field => field.Key == name).Value ?? "";

    private static string Word(bool value) => value ? "true" : "false";
}
