using System.Text;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Reads and writes the configurations of buckets. What was put is given back byte for byte.</summary>
internal static class SubResourceOperations
{
    private const int PageOfConfigurations = 100;

    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations)
    {
        foreach (var sub in SubResources.All)
        {
            operations.Add("Get" + sub.Noun, sub.Query == "acl" ? BucketAcl : call => Get(call, sub));
            operations.Add("Put" + sub.Noun, call => Put(call, sub));
            if (sub.DeleteNoun is { } noun) operations.Add("Delete" + noun, call => Delete(call, sub));
            if (sub.HasIds) operations.Add($"List{sub.Noun}s", call => List(call, sub));
        }
        operations.Add("GetBucketPolicyStatus", PolicyStatus);
    }

    private static SandboxResponse Get(S3Call call, SubResource sub)
    {
        var bucket = call.Bucket;
        byte[]? document;
        lock (bucket.Lock) document = bucket.Documents.GetValueOrDefault((sub.Query, call.Parameter("id") ?? ""));
        document ??= sub.Default is { } text ? Encoding.UTF8.GetBytes(text) : NotSet(sub, bucket);
        return new()
        {
            ContentType = sub.Root is null ? "application/json" : "application/xml",
            Body = document,
            Headers = sub.Query == "lifecycle" ? [new("x-amz-transition-default-minimum-object-size", "all_storage_classes_128K")] : [],
        };
    }

    private static byte[] NotSet(SubResource sub, Bucket bucket) =>
        throw new SandboxException(sub.NotSet!.Status, sub.NotSet.Code, sub.NotSet.Message) { Details = [new("BucketName", bucket.Name)] };

    private static SandboxResponse Put(S3Call call, SubResource sub)
    {
        var bucket = call.Bucket;
        Integrity.Check(call.Request);
        var body = sub.Query == "acl" && call.Request.Body.IsEmpty ? CannedAcl.Document(call) : call.Request.Body.ToArray();
        var root = sub.Root is null ? null : S3Xml.Read(body, sub.Root);
        var id = sub.HasIds ? call.Given("id") ?? throw S3Errors.InvalidRequest("Missing required parameter for this request: 'id'") : "";
        if (sub.HasIds && root!.Child("Id") != id) throw S3Errors.InvalidArgument("The Id of the document is not that of the request.", "id", id);
        lock (bucket.Lock)
        {
            SubResourceRules.Check(call, bucket, sub, root, body);
            bucket.Documents[(sub.Query, id)] = body;
            if (sub.Query == "versioning") bucket.Versioning = VersioningOf(root!, bucket);
        }
        return new() { Status = sub.PutStatus };
    }

    private static Versioning VersioningOf(XElement root, Bucket bucket) => root.Child("Status") switch
    {
        "Enabled" => Versioning.Enabled,
        "Suspended" => Versioning.Suspended,
        null => bucket.Versioning,
        _ => throw S3Errors.MalformedXml(),
    };

    private static SandboxResponse Delete(S3Call call, SubResource sub)
    {
        var bucket = call.Bucket;
        var id = call.Parameter("id") ?? "";
        lock (bucket.Lock)
            if (!bucket.Documents.Remove((sub.Query, id)) && sub.HasIds)
                NotSet(sub, bucket);
        return new() { Status = 204 };
    }

    private static SandboxResponse List(S3Call call, SubResource sub)
    {
        var bucket = call.Bucket;
        var token = call.Given("continuation-token");
        var after = token is null ? "" : ListingToken.Read(token).Name;
        List<KeyValuePair<(string SubResource, string Id), byte[]>> rest;
        lock (bucket.Lock)
            rest = [.. bucket.Documents.Where(document => document.Key.SubResource == sub.Query && string.CompareOrdinal(document.Key.Id, after) > 0).Take(PageOfConfigurations + 1)];
        var root = sub.Query switch
        {
            "analytics" => "ListBucketAnalyticsConfigurationResult",
            "inventory" => "ListInventoryConfigurationsResult",
            "metrics" => "ListMetricsConfigurationsResult",
            _ => "ListBucketIntelligentTieringConfigurationsOutput",
        };
        return S3Xml.Response(root, writer =>
        {
            foreach (var (_, document) in rest.Take(PageOfConfigurations)) S3Xml.Read(document, sub.Root!).WriteTo(writer);
            writer.Element("IsTruncated", rest.Count > PageOfConfigurations);
            writer.Optional("ContinuationToken", token);
            if (rest.Count > PageOfConfigurations) writer.WriteElementString("NextContinuationToken", new ListingToken(rest[PageOfConfigurations - 1].Key.Id, false).ToString());
        });
    }

    private static SandboxResponse BucketAcl(S3Call call)
    {
        var bucket = call.Bucket;
        byte[]? document;
        lock (bucket.Lock) document = bucket.Documents.GetValueOrDefault(("acl", ""));
        return new() { ContentType = "application/xml", Body = document ?? CannedAcl.Private(call.Store.OwnerId) };
    }

    private static SandboxResponse PolicyStatus(S3Call call)
    {
        var bucket = call.Bucket;
        byte[]? policy;
        lock (bucket.Lock) policy = bucket.Documents.GetValueOrDefault(("policy", ""));
        policy ??= NotSet(SubResources.Find("policy")!, bucket);
        return S3Xml.Response("PolicyStatus", writer => writer.Element("IsPublic", SubResourceRules.IsPublic(policy)));
    }
}
