using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Tells which operation a request is, by its method, its address and the sub-resource in its query.</summary>
internal static class S3Routes
{
    public static string Find(SandboxRequest request, S3Address address)
    {
        if (address.Bucket is null) return request.Method == "GET" ? "ListBuckets" : throw S3Errors.MethodNotAllowed(request.Method, "SERVICE");
        return address.Key is null ? OfBucket(request) : OfObject(request);
    }

    private static string OfBucket(SandboxRequest request)
    {
        foreach (var (name, _) in request.Query)
        {
            if (SubResources.Find(name) is { } sub) return sub.Operation(request);
            switch (request.Method, name)
            {
                case ("GET", "location"): return "GetBucketLocation";
                case ("GET", "versions"): return "ListObjectVersions";
                case ("GET", "uploads"): return "ListMultipartUploads";
                case ("GET", "policyStatus"): return "GetBucketPolicyStatus";
                case ("POST", "delete"): return "DeleteObjects";
            }
            RequireNoSubResource(request, name);
        }
        return request.Method switch
        {
            "GET" => request.Parameter("list-type") == "2" ? "ListObjectsV2" : "ListObjects",
            "HEAD" => "HeadBucket",
            "PUT" => "CreateBucket",
            "DELETE" => "DeleteBucket",
            _ => throw S3Errors.MethodNotAllowed(request.Method, "BUCKET"),
        };
    }

    private static string OfObject(SandboxRequest request)
    {
        foreach (var (name, _) in request.Query)
        {
            switch (request.Method, name)
            {
                case ("GET", "tagging"): return "GetObjectTagging";
                case ("PUT", "tagging"): return "PutObjectTagging";
                case ("DELETE", "tagging"): return "DeleteObjectTagging";
                case ("GET", "acl"): return "GetObjectAcl";
                case ("PUT", "acl"): return "PutObjectAcl";
                case ("GET", "retention"): return "GetObjectRetention";
                case ("PUT", "retention"): return "PutObjectRetention";
                case ("GET", "legal-hold"): return "GetObjectLegalHold";
                case ("PUT", "legal-hold"): return "PutObjectLegalHold";
                case ("GET", "attributes"): return "GetObjectAttributes";
                case ("POST", "restore"): return "RestoreObject";
                case ("POST", "uploads"): return "CreateMultipartUpload";
                case ("POST", "uploadId"): return "CompleteMultipartUpload";
                case ("GET", "uploadId"): return "ListParts";
                case ("DELETE", "uploadId"): return "AbortMultipartUpload";
                case ("PUT", "uploadId"): return request.Headers.ContainsKey("x-amz-copy-source") ? "UploadPartCopy" : "UploadPart";
            }
            RequireNoSubResource(request, name);
        }
        return request.Method switch
        {
            "GET" => "GetObject",
            "HEAD" => "HeadObject",
            "PUT" => request.Headers.ContainsKey("x-amz-copy-source") ? "CopyObject" : "PutObject",
            "DELETE" => "DeleteObject",
            _ => throw S3Errors.MethodNotAllowed(request.Method, "OBJECT"),
        };
    }

    /// <summary>A sub-resource that is none for this method, or that the sandbox has not, must never fall through to the bucket or the object itself.</summary>
    private static void RequireNoSubResource(SandboxRequest request, string name)
    {
        if (SubResources.Find(name) is not null || name is "location" or "versions" or "uploads" or "uploadId" or "policyStatus" or "delete" or "attributes" or "restore" or "retention" or "legal-hold")
            throw S3Errors.MethodNotAllowed(request.Method, name);
        if (name is "abac" or "metadataConfiguration" or "metadataTable" or "metadataInventoryTable" or "metadataJournalTable" or "session"
            or "select" or "torrent" or "renameObject")
            throw S3Errors.NotImplemented(name);
    }
}
