using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace JadaSnapshot.Sandbox.Hosting.Signing;

/// <summary>The derived key of a credential scope, kept for as long as it is of use.</summary>
internal sealed class SigningKeys
{
    private const int Kept = 1_000;

    private readonly ConcurrentDictionary<(string Secret, string Day, string Region, string Service), byte[]> _keys = new();

    public byte[] Of(SandboxCredential credential, Authorization authorization)
    {
        var scope = (credential.SecretKey, authorization.Day, authorization.Region, authorization.Service);
        if (_keys.TryGetValue(scope, out var key)) return key;
        if (_keys.Count >= Kept) _keys.Clear();
        return _keys[scope] = Derive(scope);
    }

    private static byte[] Derive((string Secret, string Day, string Region, string Service) scope)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + scope.Secret);
        foreach (var part in (ReadOnlySpan<string>)[scope.Day, scope.Region, scope.Service, "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }
}
