using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>Reads code from the sandbox's own S3, as any caller would.</summary>
internal static class S3Code
{
    public static async ValueTask<byte[]> ReadAsync(SandboxWorld world, SandboxRequest caller, string bucket, string key, string? version, CancellationToken cancel)
    {
        var s3 = world.Find("s3") ?? throw Failed("InternalError", "This sandbox has no S3.");
        var request = new SandboxRequest
        {
            Method = "GET",
            RawPath = S3Objects.Path(bucket, key),
            Query = version is null ? [] : [new("versionId", version)],
            Region = caller.Region,
            Endpoint = caller.Endpoint,
            RequestId = caller.RequestId,
        };
        try
        {
            request.Operation = s3.Identify(request);
            var answer = await s3.HandleAsync(request, cancel).ConfigureAwait(false);
            if (answer.Status != 200) throw Failed($"{answer.Status}", "The object cannot be read.");
            if (answer.Write is null) return answer.Body.ToArray();
            using var buffer = new MemoryStream();
            await answer.Write(buffer, cancel).ConfigureAwait(false);
            return buffer.ToArray();
        }
        catch (SandboxException refusal) when (refusal.Code != "InvalidParameterValueException")
        {
            throw Failed(refusal.Code, refusal.Message);
        }
    }

    private static SandboxException Failed(string code, string message) =>
        LambdaErrors.InvalidParameter($"Error occurred while GetObject. S3 Error Code: {code}. S3 Error Message: {message}");
}
