using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>What CreateJob demands of a request before there is a job.</summary>
internal static class JobRules
{
    public const string BadRequest = "BadRequestException";

    private static readonly HashSet<string> KnownOperations =
    [
        "LambdaInvoke", "S3PutObjectCopy", "S3PutObjectAcl", "S3PutObjectTagging", "S3DeleteObjectTagging", "S3InitiateRestoreObject", "S3PutObjectLegalHold",
        "S3PutObjectRetention", "S3ReplicateObject", "S3ComputeObjectChecksum", "S3UpdateObjectEncryption",
    ];

    public static void Check(XElement asked)
    {
        CheckOperation(asked.NeedElement("Operation", BadRequest));
        CheckReport(asked.NeedElement("Report", BadRequest));
        Priority(asked.Text("Priority"));
        Arn(asked.Need("RoleArn", BadRequest), "iam");
        if (asked.Element("Manifest") is null == asked.Element("ManifestGenerator") is null) throw Refused("A job has either a Manifest or a ManifestGenerator.");
        if (asked.Element("Manifest") is { } manifest) CheckManifest(manifest);
        if (asked.Element("ManifestGenerator") is { } generator) CheckGenerator(generator.NeedElement("S3JobManifestGenerator", BadRequest));
    }

    public static long Priority(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var priority) ? priority : throw Refused($"'{text}' is no priority.");

    /// <summary>The bucket that an ARN names, or bucket and key.</summary>
    public static string BucketOf(string arn) => Arn(arn, "s3");

    private static string Arn(string arn, string service) =>
        arn.Split(':', 6) is ["arn", _, var named, _, _, { Length: > 0 } resource] && named == service ? resource : throw Refused($"'{arn}' is no ARN of {service}.");

    private static void CheckOperation(XElement operations)
    {
        if (operations.Elements().ToList() is not [var operation]) throw Refused("A job has one operation.");
        var name = operation.Name.LocalName;
        if (!KnownOperations.Contains(name)) throw Refused($"There is no operation {name}.");
        if (name == "S3PutObjectTagging") return;
        if (name != "S3PutObjectCopy") throw Refused($"The sandbox does not run {name}.");
        BucketOf(operation.Need("TargetResource", BadRequest));
        if (operation.Element("AccessControlGrants") is not null) throw Refused("The sandbox does not copy with AccessControlGrants.");
        if (operation.Text("ChecksumAlgorithm") is { } algorithm && !Checksums.Names.Contains(algorithm)) throw Refused($"The sandbox makes no {algorithm}.");
    }

    private static void CheckReport(XElement report)
    {
        if (report.Need("Enabled", BadRequest) != "true") return;
        BucketOf(report.Need("Bucket", BadRequest));
        if (report.Need("Format", BadRequest) != "Report_CSV_20180820") throw Refused("A report is a Report_CSV_20180820.");
        if (report.Need("ReportScope", BadRequest) is not ("AllTasks" or "FailedTasksOnly")) throw Refused("A report is of AllTasks or FailedTasksOnly.");
    }

    private static void CheckManifest(XElement manifest)
    {
        var spec = manifest.NeedElement("Spec", BadRequest);
        var location = manifest.NeedElement("Location", BadRequest);
        location.Need("ETag", BadRequest);
        if (!BucketOf(location.Need("ObjectArn", BadRequest)).Contains('/', StringComparison.Ordinal)) throw Refused("ObjectArn names no object.");
        var fields = spec.Element("Fields")?.Elements().Select(field => field.Value).ToList() ?? [];
        switch (spec.Need("Format", BadRequest))
        {
            case "S3BatchOperations_CSV_20180820":
                if (!fields.Contains("Bucket") || !fields.Contains("Key")) throw Refused("Required fields are missing in the schema: Bucket, Key");
                if (fields.FirstOrDefault(field => field is not ("Bucket" or "Key" or "VersionId" or "Ignore")) is { } unknown) throw Refused($"There is no field {unknown}.");
                break;
            case "S3InventoryReport_CSV_20161130":
                if (fields.Count > 0) throw Refused("The fields of an inventory stand in its manifest.");
                break;
            case var format: throw Refused($"There is no format {format}.");
        }
    }

    private static void CheckGenerator(XElement generator)
    {
        BucketOf(generator.Need("SourceBucket", BadRequest));
        if (generator.Need("EnableManifestOutput", BadRequest) == "true")
        {
            var output = generator.NeedElement("ManifestOutputLocation", BadRequest);
            BucketOf(output.Need("Bucket", BadRequest));
            if (output.Need("ManifestFormat", BadRequest) != GeneratedManifest.Format) throw Refused($"A generated manifest is a {GeneratedManifest.Format}.");
        }
        foreach (var filter in generator.Element("Filter")?.Elements() ?? [])
            if (filter.Name.LocalName is "EligibleForReplication" or "ObjectReplicationStatuses" or "MatchAnyObjectEncryption") throw Refused($"The sandbox does not filter by {filter.Name.LocalName}.");
    }

    private static SandboxException Refused(string message) => new(400, BadRequest, message);
}
