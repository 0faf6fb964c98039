using System.Text.Json;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>What S3 asks of a bucket before it takes a configuration.</summary>
internal static class SubResourceRules
{
    public static void Check(S3Call call, Bucket bucket, SubResource sub, XElement? root, byte[] body)
    {
        switch (sub.Query)
        {
            case "policy": CheckPolicy(bucket, body); break;
            case "inventory": Inventory.InventoryConfiguration.Read(root!); break;
            case "acl": CheckAcl(call, bucket, body); break;
            case "replication" when bucket.Versioning is not Versioning.Enabled:
                throw S3Errors.InvalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
            case "object-lock" when bucket.Versioning is not Versioning.Enabled:
                throw new SandboxException(409, "InvalidBucketState", "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
            case "versioning" when root!.Child("Status") == "Suspended" && bucket.Documents.ContainsKey(("object-lock", "")):
                throw new SandboxException(409, "InvalidBucketState", "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
            case "logging" when root!.Children("LoggingEnabled").FirstOrDefault()?.Child("TargetBucket") is { } target && call.Store.Find(target)?.Region != bucket.Region:
                throw new SandboxException(400, "InvalidTargetBucketForLogging", "The target bucket for logging does not exist") { Details = [new("TargetBucket", target)] };
        }
    }

    /// <summary>Whether a policy lets everybody in without a condition.</summary>
    public static bool IsPublic(byte[] policy)
    {
        using var document = JsonDocument.Parse(policy);
        if (!document.RootElement.TryGetProperty("Statement", out var statements)) return false;
        var all = statements.ValueKind is JsonValueKind.Array ? [.. statements.EnumerateArray()] : (JsonElement[])[statements];
        return all.Any(statement => statement.TryGetProperty("Effect", out var effect) && effect.ValueEquals("Allow")
            && !statement.TryGetProperty("Condition", out _)
            && statement.TryGetProperty("Principal", out var principal) && IsEverybody(principal));
    }

    private static bool IsEverybody(JsonElement principal) => principal.ValueKind switch
    {
        JsonValueKind.String => principal.ValueEquals("*"),
        JsonValueKind.Array => principal.EnumerateArray().Any(IsEverybody),
        JsonValueKind.Object => principal.TryGetProperty("AWS", out var aws) && IsEverybody(aws),
        _ => false,
    };

    private static void CheckPolicy(Bucket bucket, byte[] body)
    {
        bool isPublic;
        try
        {
            isPublic = IsPublic(body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new SandboxException(400, "MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'");
        }
        if (isPublic && Blocks(bucket, "BlockPublicPolicy"))
            throw new SandboxException(403, "AccessDenied", "User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.");
    }

    private static void CheckAcl(S3Call call, Bucket bucket, byte[] acl)
    {
        var root = S3Xml.Read(acl, "AccessControlPolicy");
        var grants = root.Children("AccessControlList").SelectMany(list => list.Children("Grant")).ToList();
        var others = grants.Where(grant => grant.Children("Grantee").FirstOrDefault()?.Child("ID") != call.Store.OwnerId).ToList();
        if (others.Count > 0 && IsOwnerEnforced(bucket)) throw new SandboxException(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
        if (others.Any(grant => grant.Children("Grantee").FirstOrDefault()?.Child("URI") is { } uri && !uri.EndsWith("/s3/LogDelivery", StringComparison.Ordinal)) && Blocks(bucket, "BlockPublicAcls"))
            throw new SandboxException(403, "AccessDenied", "User is not authorized to perform: s3:PutBucketAcl because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.");
    }

    public static bool IsOwnerEnforced(Bucket bucket) =>
        bucket.Documents.TryGetValue(("ownershipControls", ""), out var document)
        && S3Xml.Read(document, "OwnershipControls").Children("Rule").FirstOrDefault()?.Child("ObjectOwnership") == "BucketOwnerEnforced";

    private static bool Blocks(Bucket bucket, string what) =>
        bucket.Documents.TryGetValue(("publicAccessBlock", ""), out var document)
        && S3Xml.Read(document, "PublicAccessBlockConfiguration").Child(what) is { } value && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
