namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Objects that were stored under a key of the customer's (SSE-C) are read with that key alone.</summary>
internal static class CustomerKeys
{
    public static void Check(S3Call call, ObjectVersion version)
    {
        var sent = call.Header(ObjectHeaders.CustomerKey);
        if (version.Headers.CustomerKeyHash is not { } hash)
        {
            if (sent is not null) throw S3Errors.InvalidRequest("The encryption parameters are not applicable to this object.");
            return;
        }
        if (sent is null) throw S3Errors.InvalidRequest("The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.");
        if (sent != hash) throw new Hosting.SandboxException(403, "AccessDenied", "Access Denied");
        RequireKey(call);
    }

    /// <summary>The hash that was sent must be that of the key that was sent.</summary>
    public static void RequireKey(S3Call call)
    {
        if (call.Header(ObjectHeaders.CustomerKey) is not { } hash) return;
        var key = call.Header("x-amz-server-side-encryption-customer-key") ?? "";
        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64String(key, bytes, out var length) || length != 32 || Convert.ToBase64String(Md5.Of(bytes.AsSpan(0, length))) != hash)
            throw S3Errors.InvalidArgument("The calculated MD5 hash of the key did not match the hash that was provided.", ObjectHeaders.CustomerKey, hash);
    }
}
