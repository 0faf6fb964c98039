using System.Text;
using System.Xml.Linq;

namespace JadaSnapshot.Sandbox.Services.S3.Inventory;

/// <summary>A bucket's order for reports of S3 Inventory.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_InventoryConfiguration.html</remarks>
internal sealed record InventoryConfiguration
{
    private const string ArnStart = "arn:aws:s3:::";

    public required string Id { get; init; }

    public required string Destination { get; init; }

    public required string DestinationPrefix { get; init; }

    public required string Format { get; init; }

    public required bool IsEnabled { get; init; }

    public required bool AllVersions { get; init; }

    public required string KeyPrefix { get; init; }

    /// <summary>The optional fields, in the order in which a report has them.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The document of a configuration that asks for what a listing tells.</summary>
    public static byte[] DailyTo(string bucket) => Encoding.UTF8.GetBytes($"""
        <InventoryConfiguration xmlns="{S3Xml.Namespace}"><Destination><S3BucketDestination><Format>CSV</Format><Bucket>{ArnStart}{bucket}</Bucket><Prefix>inventory</Prefix></S3BucketDestination></Destination><IsEnabled>true</IsEnabled><Id>daily</Id><IncludedObjectVersions>Current</IncludedObjectVersions><OptionalFields><Field>Size</Field><Field>LastModifiedDate</Field><Field>ETag</Field><Field>StorageClass</Field></OptionalFields><Schedule><Frequency>Daily</Frequency></Schedule></InventoryConfiguration>
        """);

    /// <exception cref="Hosting.SandboxException">The document is not one that S3 takes.</exception>
    public static InventoryConfiguration Read(XElement document)
    {
        var destination = document.Children("Destination").SelectMany(each => each.Children("S3BucketDestination")).FirstOrDefault() ?? throw S3Errors.MalformedXml();
        var bucket = destination.Child("Bucket");
        string[] fields = [.. document.Children("OptionalFields").SelectMany(each => each.Children("Field")).Select(field => field.Value)];
        if (bucket is null || fields.Except(InventoryFields.Optional).Any()
            || destination.Child("Format") is not ("CSV" or "ORC" or "Parquet")
            || document.Child("IsEnabled") is not ("true" or "false")
            || document.Child("IncludedObjectVersions") is not ("All" or "Current")
            || document.Children("Schedule").FirstOrDefault()?.Child("Frequency") is not ("Daily" or "Weekly"))
            throw S3Errors.MalformedXml();
        if (!bucket.StartsWith(ArnStart, StringComparison.Ordinal)) throw new Hosting.SandboxException(400, "InvalidS3DestinationBucket", "Invalid bucket ARN.");
        return new()
        {
            Id = document.Child("Id") ?? "",
            Destination = bucket[ArnStart.Length..],
            DestinationPrefix = destination.Child("Prefix") ?? "",
            Format = destination.Child("Format")!,
            IsEnabled = document.Child("IsEnabled") == "true",
            AllVersions = document.Child("IncludedObjectVersions") == "All",
            KeyPrefix = document.Children("Filter").FirstOrDefault()?.Child("Prefix") ?? "",
            Fields = [.. InventoryFields.Optional.Where(fields.Contains)],
        };
    }
}
