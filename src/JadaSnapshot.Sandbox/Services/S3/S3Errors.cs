using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>S3's refusals, and the document that they are written in.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</remarks>
internal static class S3Errors
{
    public static SandboxException OperationAborted(string bucket) =>
        new(409, "OperationAborted", "A conflicting conditional operation is currently in progress against this resource. Please try again.") { Details = [new("BucketName", bucket)] };

    public static SandboxException NoSuchBucket(string bucket) =>
        new(404, "NoSuchBucket", "The specified bucket does not exist") { Details = [new("BucketName", bucket)] };

    public static SandboxException NoSuchKey(string key) =>
        new(404, "NoSuchKey", "The specified key does not exist.") { Details = [new("Key", key)] };

    public static SandboxException NoSuchVersion(string key, string version) =>
        new(404, "NoSuchVersion", "The specified version does not exist.") { Details = [new("Key", key), new("VersionId", version)] };

    public static SandboxException NoSuchUpload(string id) =>
        new(404, "NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.") { Details = [new("UploadId", id)] };

    public static SandboxException InvalidArgument(string message, string name, string value) =>
        new(400, "InvalidArgument", message) { Details = [new("ArgumentName", name), new("ArgumentValue", value)] };

    public static SandboxException InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static SandboxException MalformedXml() =>
        new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    public static SandboxException PreconditionFailed(string condition) =>
        new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold") { Details = [new("Condition", condition)] };

    public static SandboxException MethodNotAllowed(string method, string resource) =>
        new(405, "MethodNotAllowed", "The specified method is not allowed against this resource.") { Details = [new("Method", method), new("ResourceType", resource)] };

    public static SandboxException NotImplemented(string header) =>
        new(501, "NotImplemented", "A header or query you provided implies functionality that is not implemented") { Details = [new("Header", header)] };

    public static SandboxException PermanentRedirect(Bucket bucket) =>
        new(301, "PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.")
        {
            Details = [new("Endpoint", $"{bucket.Name}.s3.{bucket.Region}.amazonaws.com"), new("Bucket", bucket.Name)],
            Headers = [new("x-amz-bucket-region", bucket.Region)],
        };

    public static string HostId(SandboxRequest request) => Convert.ToBase64String(System.Security.Cryptography.SHA384.HashData(System.Text.Encoding.UTF8.GetBytes(request.RequestId)));

    public static SandboxResponse Render(SandboxRequest request, SandboxException error)
    {
        if (request.Method == "HEAD" || error.Status == 304) return new() { Status = error.Status, Headers = error.Headers };
        return S3Xml.Response("Error", writer =>
        {
            writer.WriteElementString("Code", error.Code);
            writer.WriteElementString("Message", error.Message);
            foreach (var (name, value) in error.Details) writer.WriteElementString(name, value);
            writer.WriteElementString("RequestId", RequestIds.S3Form(request.RequestId));
            writer.WriteElementString("HostId", HostId(request));
        }, xmlNamespace: null, status: error.Status, headers: error.Headers);
    }
}
