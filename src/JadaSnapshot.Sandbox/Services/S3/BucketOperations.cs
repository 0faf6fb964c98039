using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Buckets as such.</summary>
internal static partial class BucketOperations
{
    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations)
    {
        operations.Add("ListBuckets", List);
        operations.Add("CreateBucket", Create);
        operations.Add("HeadBucket", Head);
        operations.Add("DeleteBucket", Delete);
        operations.Add("GetBucketLocation", Location);
    }

    private static SandboxResponse List(S3Call call)
    {
        var most = call.PageSize("max-buckets", 10_000);
        var after = call.Given("continuation-token") is { } token ? ListingToken.Read(token).Name : "";
        var (prefix, region) = (call.Given("prefix"), call.Given("bucket-region"));
        var rest = call.Store.Buckets.Where(bucket => string.CompareOrdinal(bucket.Name, after) > 0
            && (prefix is null || bucket.Name.StartsWith(prefix, StringComparison.Ordinal))
            && (region is null || bucket.Region == region)).Take(most + 1).ToList();
        return S3Xml.Response("ListAllMyBucketsResult", writer =>
        {
            writer.Owner(call.Store.OwnerId);
            writer.WriteStartElement("Buckets");
            foreach (var bucket in rest.Take(most))
            {
                writer.WriteStartElement("Bucket");
                writer.WriteElementString("Name", bucket.Name);
                writer.WriteElementString("CreationDate", S3Xml.Instant(bucket.Created));
                writer.WriteElementString("BucketRegion", bucket.Region);
                writer.WriteElementString("BucketArn", $"arn:aws:s3:::{bucket.Name}");
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
            writer.Optional("Prefix", prefix);
            if (rest.Count > most) writer.WriteElementString("ContinuationToken", new ListingToken(rest[most - 1].Name, false).ToString());
        });
    }

    private static SandboxResponse Create(S3Call call)
    {
        if (!IsValid(call.BucketName)) throw new SandboxException(400, "InvalidBucketName", "The specified bucket is not valid.") { Details = [new("BucketName", call.BucketName)] };
        var region = RequestedRegion(call);
        var bucket = new Bucket(call.BucketName, region, call.World.Now);
        SubResources.SetDefaults(bucket, call.Header("x-amz-object-ownership"));
        if (call.Header("x-amz-bucket-object-lock-enabled") is { } locked && locked.Equals("true", StringComparison.OrdinalIgnoreCase))
            ObjectLocks.Enable(bucket);
        // Only us-east-1 forgives creating what one already owns.
        if (!call.Store.Add(bucket) && (region != "us-east-1" || call.Store.Find(bucket.Name)?.Region != region))
            throw new SandboxException(409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.") { Details = [new("BucketName", bucket.Name)] };
        return new() { Headers = [new("Location", "/" + bucket.Name), new("x-amz-bucket-arn", $"arn:aws:s3:::{bucket.Name}")] };
    }

    private static string RequestedRegion(S3Call call)
    {
        var constraint = call.Request.Body.IsEmpty ? null : S3Xml.Read(call.Request.Body, "CreateBucketConfiguration").Child("LocationConstraint");
        var region = constraint switch { null or "" => "us-east-1", "EU" => "eu-west-1", _ => constraint };
        if (constraint == "us-east-1") throw new SandboxException(400, "InvalidLocationConstraint", "The specified location-constraint is not valid") { Details = [new("LocationConstraint", constraint)] };
        if (region != call.Request.Region && call.Request.Region != "us-east-1")
            throw new SandboxException(400, "IllegalLocationConstraintException",
                $"The {constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.");
        return region;
    }

    private static SandboxResponse Head(S3Call call) => new()
    {
        ContentType = "application/xml",
        Headers = [new("x-amz-bucket-region", call.Bucket.Region), new("x-amz-access-point-alias", "false"), new("x-amz-bucket-arn", $"arn:aws:s3:::{call.BucketName}")],
    };

    private static SandboxResponse Delete(S3Call call)
    {
        var bucket = call.Bucket;
        lock (bucket.Lock)
        {
            if (!bucket.IsEmpty)
                throw new SandboxException(409, "BucketNotEmpty", bucket.Versioning is Versioning.Never
                    ? "The bucket you tried to delete is not empty"
                    : "The bucket you tried to delete is not empty. You must delete all versions in the bucket.")
                { Details = [new("BucketName", bucket.Name)] };
            call.Store.Remove(bucket);
        }
        return new() { Status = 204 };
    }

    /// <summary>Answers for buckets of every region when it is asked in us-east-1.</summary>
    private static SandboxResponse Location(S3Call call)
    {
        var region = (call.Request.Region == "us-east-1" ? call.AnyRegionBucket : call.Bucket).Region;
        return S3Xml.Response("LocationConstraint", writer => writer.WriteString(region switch { "us-east-1" => "", "eu-west-1" => "EU", _ => region }));
    }

    private static bool IsValid(string name) =>
        BucketName().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal) && !IPAddress.TryParse(name, out _)
        && !name.StartsWith("xn--", StringComparison.Ordinal) && !name.EndsWith("-s3alias", StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(name) <= 63;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();
}
