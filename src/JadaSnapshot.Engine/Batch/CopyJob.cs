using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Batch;

/// <summary>A job that copies the objects of a manifest (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_S3CopyObjectOperation.html"/>).</summary>
/// <param name="Source">Where the objects come from.</param>
/// <param name="Destination">Where they go.</param>
/// <param name="Order">How.</param>
/// <param name="Manifest">The manifest.</param>
/// <param name="ManifestETag">Its ETag: S3 takes no other.</param>
internal sealed record CopyJob(BucketPlace Source, BucketPlace Destination, BatchOrder Order, ObjectPlace Manifest, string ManifestETag)
{
    private const int LongestDescription = 256;

    private static readonly XNamespace Namespace = "http://awss3control.amazonaws.com/doc/2018-08-20/";

    // A repeated request begins no second job.
    private readonly string _token = Guid.NewGuid().ToString();

    /// <summary>What a job is called by which it is known again: from where and to where it copies.</summary>
    public static string Describe(BucketPlace source, BucketPlace destination)
    {
        var described = $"JadaSnapshot: s3:/{S3Path.Of(source.BucketName, source.Prefix)} to s3:/{S3Path.Of(destination.BucketName, destination.Prefix)}";
        if (described.Length <= LongestDescription) return described;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(described)));
        return $"{described[..(LongestDescription - digest.Length - 1)]} {digest}";
    }

    public XElement ToXml()
    {
        // All buckets of a partition have its name in their ARNs, as has the role.
        var partition = Order.RoleArn.Split(':')[1];
        var report = Order.ReportFor(Destination);
        return Element("CreateJobRequest",
            Element("ConfirmationRequired", "false"),
            Element("Operation", Element("S3PutObjectCopy",
                Element("TargetResource", $"arn:{partition}:s3:::{Destination.BucketName}"),
                Element("MetadataDirective", "COPY"),
                Optional("TargetKeyPrefix", BatchOrder.TargetPrefix(Source, Destination)))),
            Element("Report",
                Element("Bucket", $"arn:{partition}:s3:::{report.Bucket}"),
                Element("Format", "Report_CSV_20180820"),
                Element("Enabled", "true"),
                Optional("Prefix", report.Prefix.TrimEnd('/')),
                Element("ReportScope", "FailedTasksOnly")),
            Element("ClientRequestToken", _token),
            Element("Manifest",
                Element("Spec",
                    Element("Format", "S3BatchOperations_CSV_20180820"),
                    Element("Fields", Element("member", "Bucket"), Element("member", "Key"))),
                Element("Location",
                    Element("ObjectArn", $"arn:{partition}:s3:::{Manifest}"),
                    Element("ETag", ManifestETag))),
            Element("Description", Describe(Source, Destination)),
            Element("Priority", Order.Priority.ToString(CultureInfo.InvariantCulture)),
            Element("RoleArn", Order.RoleArn));
    }

    private static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    private static XElement? Optional(string name, string? text) => string.IsNullOrEmpty(text) ? null : Element(name, text);
}
