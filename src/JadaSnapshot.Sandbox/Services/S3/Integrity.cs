using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Holds a body against the digests that came with it.</summary>
internal static class Integrity
{
    /// <summary>Checks Content-MD5 and the checksum that was sent; null where none was.</summary>
    public static Checksum? Check(SandboxRequest request)
    {
        CheckMd5(request);
        Checksum? sent = null;
        foreach (var algorithm in Checksums.Names)
        {
            if (request.Headers[Checksums.Header(algorithm)] is not { Count: > 0 } value) continue;
            if (sent is not null) throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
            sent = new(algorithm, value.ToString());
            var actual = Checksums.Digest(algorithm, [request.Body]);
            if (!IsDigest(sent.Value, actual.Length)) throw S3Errors.InvalidRequest($"Value for {Checksums.Header(algorithm)} header is invalid.");
            if (sent.Value != Convert.ToBase64String(actual)) throw new SandboxException(400, "BadDigest", $"The {algorithm} you specified did not match the calculated checksum.");
        }
        if (sent is null && request.Headers["x-amz-sdk-checksum-algorithm"] is { Count: > 0 } announced && Checksums.Names.Contains(announced.ToString()))
            throw S3Errors.InvalidRequest("x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        return sent;
    }

    private static void CheckMd5(SandboxRequest request)
    {
        if (request.Headers.ContentMD5 is not { Count: > 0 } value) return;
        if (!IsDigest(value.ToString(), 16)) throw new SandboxException(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
        if (value.ToString() != Convert.ToBase64String(Md5.Of(request.Body.Span))) throw new SandboxException(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }

    private static bool IsDigest(string base64, int length) =>
        Convert.TryFromBase64String(base64, new byte[base64.Length], out var decoded) && decoded == length;
}
